using System;
using System.Linq;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>
/// What happens on the words that tables alone cannot serve: one dense switch over them for reads and one for writes, and a method for each
/// register whose writes are looked at.
/// </summary>
internal static class DispatchEmitter
{
    /// <summary>The hooked words that are the lower halves of 64-bit registers.</summary>
    public static HookShape[] WideShapes(ViewLayout layout)
        => [.. layout.Hooks.Where(hook => hook.Parts.Count == 1 && hook.Parts[0].RegisterByte == 0 && Policy(layout, hook).Register.WidthBits == 64 && Policy(layout, hook).SeesWrites)];

    /// <summary>Writes both switches.</summary>
    public static void Emit(SourceWriter writer, ViewContext view)
    {
        ViewLayout layout = view.Layout;
        if (layout.Policies.Any(static policy => policy.SeesReads))
        {
            EmitReads(writer, view);
        }

        if (layout.Policies.Any(static policy => policy.SeesWrites))
        {
            EmitWrites(writer, view);
            foreach (RegisterPolicy policy in layout.Policies.Where(static policy => policy.SeesWrites))
            {
                AfterWriteEmitter.Emit(writer, view, policy);
            }
        }
    }

    /// <summary>Writes the first half of an eight-byte write, and all of it where it meets a 64-bit register whose writes are looked at.</summary>
    public static void EmitWide(SourceWriter writer, ViewContext view, HookShape[] shapes)
    {
        writer.Line(Library.AccessOutcome + " low = " + Library.RegisterFile + ".Write<Tables>(_words, offset, " + Library.Lanes + ".Word, (uint)value.Untrusted, out uint oldLow);");
        using (writer.Block("if (low.Hook is " + string.Join(" or ", shapes.Select(static shape => Literal.Number(shape.Index) + "u")) + ")"))
        {
            writer.Line(Library.AccessOutcome + " high = " + Library.RegisterFile + ".Write<Tables>(_words, offset + 4, " + Library.Lanes + ".Word, (uint)(value.Untrusted >> 32), out uint oldHigh);");
            writer.Line("ulong old = oldLow | ((ulong)oldHigh << 32);");
            using (writer.Block("switch (low.Hook)"))
            {
                foreach (HookShape shape in shapes)
                {
                    RegisterPolicy policy = Policy(view.Layout, shape);
                    writer.Line("case " + Literal.Number(shape.Index) + "u:");
                    using (writer.Indent())
                    {
                        writer.Line(AfterWriteEmitter.Call(view, policy, Element(policy.Register, shape.Parts[0], "offset"), "new " + policy.Register.TypeName + "(old)", Library.Lanes + ".DoubleWord", "value.Untrusted"));
                        writer.Line("break;");
                    }
                }
            }

            writer.Line();
            writer.Line("return low.Result > high.Result ? low.Result : high.Result;");
        }

        writer.Line();
        writer.Line(Library.AccessResult + " first = low.Hook == 0 ? low.Result : WriteSeen(offset, " + Library.Lanes + ".Word, (uint)value.Untrusted, oldLow, low" + view.Argument + ");");
    }

    private static RegisterPolicy Policy(ViewLayout layout, HookShape hook) => layout.Policies[hook.Parts[0].Policy];

    private static void EmitReads(SourceWriter writer, ViewContext view)
    {
        writer.Line(Library.NoInline);
        using (writer.Block("private " + Library.AccessResult + " ReadSeen" + view.Generic + "(uint offset, " + Library.Lanes + " lanes, " + Library.AccessOutcome + " outcome" + view.Parameter + ", ref uint value)" + view.Constraint))
        {
            EmitSwitch(writer, view.Layout, static policy => policy.SeesReads, (policy, part) =>
            {
                if (policy.IsPassthrough)
                {
                    PassthroughEmitter.EmitRead(writer, policy, part);
                }
                else
                {
                    EmitRead(writer, policy, part);
                }
            });
            writer.Line();
            writer.Line("return outcome.Result;");
        }

        writer.Line();
    }

    private static void EmitRead(SourceWriter writer, RegisterPolicy policy, WordPart part)
    {
        RegisterModel register = policy.Register;
        string element = Element(register, part, "offset");
        string argument = element.Length == 0 ? "" : "element, ";
        if (element.Length != 0)
        {
            writer.Line("uint element = " + element + ";");
        }

        writer.Line(register.TypeName + " stored = " + Stored(register, "element") + ";");
        if (((register.Masks.ReadClears | register.Masks.ReadSets) & policy.Policy.Visible) != 0)
        {
            // The read has acted on the storage already; the hook sees what it showed.
            ulong shown = policy.Readable & PartMask(part);
            string number = RegisterText.Number(register.WidthBits);
            string moved = "(((" + number + ")(value >> " + Literal.Number(part.WordByte * 8) + ") << " + Literal.Number(part.RegisterByte * 8) + ") & " + Literal.Unsigned(shown, register.WidthBits) + ")";
            writer.Line("stored = new " + register.TypeName + "((" + RegisterText.Carrier(register.WidthBits) + ")((stored.Value & ~" + Literal.Unsigned(shown, register.WidthBits) + ") | " + moved + "));");
        }

        Show(writer, policy, part, "hooks.Read" + register.TypeName + "(ref this, " + argument + "stored, " + RegisterLanes(part) + ").Value");
    }

    /// <summary>Writes a register's value into the word that is read.</summary>
    public static void Show(SourceWriter writer, RegisterPolicy policy, WordPart part, string value)
    {
        string shifted = part.RegisterByte == 0 ? "(uint)" + value : "(uint)(" + value + " >> " + Literal.Number(part.RegisterByte * 8) + ")";
        string moved = part.WordByte == 0 ? shifted : "(" + shifted + " << " + Literal.Number(part.WordByte * 8) + ")";
        writer.Line("value = (value & " + Literal.UInt(~part.InWord(policy.AllBits)) + ") | (" + moved + " & " + Literal.UInt(part.InWord(policy.Readable)) + ");");
    }

    private static void EmitWrites(SourceWriter writer, ViewContext view)
    {
        writer.Line(Library.NoInline);
        using (writer.Block("private " + Library.AccessResult + " WriteSeen" + view.Generic + "(uint offset, " + Library.Lanes + " lanes, " + Library.GuestControlled + " uint written, uint old, " + Library.AccessOutcome + " outcome" + view.Parameter + ")" + view.Constraint))
        {
            EmitSwitch(writer, view.Layout, static policy => policy.SeesWrites, (policy, part) =>
            {
                RegisterModel register = policy.Register;
                string element = Element(register, part, "offset");
                if (element.Length != 0)
                {
                    writer.Line("uint element = " + element + ";");
                }

                writer.Line(AfterWriteEmitter.Call(view, policy, element.Length == 0 ? "" : "element", Before(register, part), RegisterLanes(part), Written(part)));
            });
            writer.Line();
            writer.Line("return outcome.Result;");
        }

        writer.Line();
    }

    private static void EmitSwitch(SourceWriter writer, ViewLayout layout, Func<RegisterPolicy, bool> sees, Action<RegisterPolicy, WordPart> emit)
    {
        using (writer.Block("switch (outcome.Hook)"))
        {
            foreach (HookShape hook in layout.Hooks)
            {
                WordPart[] parts = [.. hook.Parts.Where(part => sees(layout.Policies[part.Policy]))];
                if (parts.Length == 0)
                {
                    continue;
                }

                writer.Line("case " + Literal.Number(hook.Index) + "u:");
                using (writer.Indent())
                {
                    foreach (WordPart part in parts)
                    {
                        using (writer.Block("if ((lanes.Bits & " + Literal.UInt(part.Lanes) + ") != 0)"))
                        {
                            emit(layout.Policies[part.Policy], part);
                        }

                        writer.Line();
                    }

                    writer.Line("break;");
                }
            }
        }
    }

    /// <summary>Which element of an array a word belongs to; nothing for a register that is none.</summary>
    public static string Element(RegisterModel register, WordPart part, string offset)
        => register.Dimension.IsArray
            ? "(" + RegisterOffset(register, part, offset) + " - " + Literal.UInt(register.Offset) + ") / " + Literal.UInt(register.Dimension.StrideBytes)
            : "";

    /// <summary>The byte offset of the register that a part belongs to.</summary>
    public static string RegisterOffset(RegisterModel register, WordPart part, string offset)
        => register.Dimension.IsArray
            ? "((" + offset + " & ~3u) + " + Literal.UInt((uint)part.WordByte) + " - " + Literal.UInt((uint)part.RegisterByte) + ")"
            : Literal.UInt(register.Offset);

    /// <summary>The lanes of the access as the register sees them.</summary>
    public static string RegisterLanes(WordPart part)
    {
        string shifted = part.WordByte == 0 ? "lanes.Bits" : "(lanes.Bits >> " + Literal.Number(part.WordByte) + ")";
        string masked = shifted + " & " + Literal.UInt((1u << part.Bytes) - 1);
        return "new " + Library.Lanes + "(" + (part.RegisterByte == 0 ? masked : "(" + masked + ") << " + Literal.Number(part.RegisterByte)) + ")";
    }

    /// <summary>The stored value of a register.</summary>
    public static string Stored(RegisterModel register, string element)
        => register.Dimension.IsArray ? "Get" + register.TypeName + "(" + element + ")" : register.TypeName;

    /// <summary>The bits of a register that lie in the word.</summary>
    public static ulong PartMask(WordPart part) => (ulong)(uint.MaxValue >> (32 - (part.Bytes * 8))) << (part.RegisterByte * 8);

    private static string Before(RegisterModel register, WordPart part)
    {
        string stored = Stored(register, "element") + ".Value";
        string bits = register.WidthBits switch
        {
            64 when part.RegisterByte == 0 => "old | (" + stored + " & 0xFFFFFFFF00000000ul)",
            64 => "((ulong)old << 32) | (uint)" + stored,
            32 => "old",
            _ => "(" + RegisterText.Carrier(register.WidthBits) + ")(old >> " + Literal.Number(part.WordByte * 8) + ")",
        };
        return "new " + register.TypeName + "(" + bits + ")";
    }

    private static string Written(WordPart part)
        => "(((ulong)written >> " + Literal.Number(part.WordByte * 8) + ") << " + Literal.Number(part.RegisterByte * 8) + ") & " + Literal.ULong(PartMask(part));
}
