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
        => [.. layout.Hooks.Where(hook => hook.Parts.Count == 1 && hook.Parts[0].RegisterByte == 0 && Policy(layout, hook) is { Register.WidthBits: 64, SeesWrites: true, HoldsHalves: false })];

    /// <summary>Writes both switches.</summary>
    public static void Emit(SourceWriter writer, ViewContext view)
    {
        ViewLayout layout = view.Layout;
        if (layout.LongArrays.Count != 0 && layout.Hooks.Count != 0)
        {
            EmitForget(writer, layout);
        }

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
        writer.Line(Library.AccessOutcome + " low = " + Library.RegisterFile + ".Write<Tables>(_words, offset, " + Library.Lanes + ".DoubleWord, (uint)value.Untrusted, out uint oldLow);");
        using (writer.Block("if (low.Hook is " + string.Join(" or ", shapes.Select(static shape => Literal.Number(shape.Index) + "u")) + ")"))
        {
            writer.Line(Library.AccessOutcome + " high = " + Library.RegisterFile + ".Write<Tables>(_words, offset + 4, " + Library.Lanes + ".DoubleWord, (uint)(value.Untrusted >> 32), out uint oldHigh);");
            writer.Line("ulong old = oldLow | ((ulong)oldHigh << 32);");
            string lanes = Library.Lanes + ".DoubleWord";
            if (view.Layout.HasUnseen)
            {
                writer.Line(Library.Lanes + " lanes = new(low.Seen(" + lanes + ").Bits | (high.Seen(" + lanes + ").Bits << 4));");
                using (writer.Block("if (lanes.IsEmpty)"))
                {
                    writer.Line("return low.Result > high.Result ? low.Result : high.Result;");
                }

                writer.Line();
                lanes = "lanes";
            }

            using (writer.Block("switch (low.Hook)"))
            {
                foreach (HookShape shape in shapes)
                {
                    RegisterPolicy policy = Policy(view.Layout, shape);
                    writer.Line("case " + Literal.Number(shape.Index) + "u:");
                    using (writer.Indent())
                    {
                        writer.Line(AfterWriteEmitter.Call(view, policy, Element(policy.Register, shape.Parts[0], "offset"), "new " + policy.Register.TypeName + "(old)", lanes, "value.Untrusted"));
                        writer.Line("break;");
                    }
                }
            }

            writer.Line();
            Forget(writer, view.Layout, "offset");
            Forget(writer, view.Layout, "offset + 4u");
            writer.Line("return low.Result > high.Result ? low.Result : high.Result;");
        }

        writer.Line();
        writer.Line(Library.AccessResult + " first = low.Hook == 0 ? low.Result : WriteSeen(offset, " + Library.Lanes + ".DoubleWord, (uint)value.Untrusted, oldLow, low" + view.Argument + ");");
    }

    private static void Forget(SourceWriter writer, ViewLayout layout, string offset)
    {
        if (layout.LongArrays.Count != 0)
        {
            writer.Line("Forget(" + offset + ");");
        }
    }

    // The slot serves the next access, of another element perhaps.
    private static void EmitForget(SourceWriter writer, ViewLayout layout)
    {
        using (writer.Block("private void Forget(uint offset)"))
        {
            writer.Line("uint slot = Tables.Slot(offset);");
            using (writer.Block("if (slot >= " + Literal.UInt((uint)layout.LongArrays[0].FirstSlot) + " && slot < (uint)Tables.Reset.Length)"))
            {
                writer.Line("_words[(int)slot] = Tables.Reset[(int)slot];");
            }
        }

        writer.Line();
    }

    private static RegisterPolicy Policy(ViewLayout layout, HookShape hook) => layout.Policies[hook.Parts[0].Policy];

    private static void EmitReads(SourceWriter writer, ViewContext view)
    {
        writer.Line(Library.NoInline);
        using (writer.Block("private " + Library.AccessResult + " ReadSeen" + view.Generic + "(uint offset, " + Library.Lanes + " lanes, " + Library.AccessOutcome + " outcome" + view.Parameter + ", ref uint value)" + view.Constraint))
        {
            EmitSwitch(writer, view.Layout, static (policy, _) => policy.SeesReads, (policy, part) =>
            {
                if (policy.IsPassthrough)
                {
                    PassthroughEmitter.EmitRead(writer, view.Layout, policy, part);
                }
                else
                {
                    EmitRead(writer, view.Layout, policy, part);
                }
            });
            writer.Line();
            Forget(writer, view.Layout, "offset");
            writer.Line("return outcome.Result;");
        }

        writer.Line();
    }

    private static void EmitRead(SourceWriter writer, ViewLayout layout, RegisterPolicy policy, WordPart part)
    {
        RegisterModel register = policy.Register;
        string element = Element(register, part, "offset");
        string argument = element.Length == 0 ? "" : "element, ";
        if (element.Length != 0)
        {
            writer.Line("uint element = " + element + ";");
        }

        if (register.Window is not null)
        {
            WindowEmitter.EmitRead(writer, layout, policy, part);
            return;
        }

        if ((register.Fifo & FifoKind.Pop) != 0)
        {
            Show(writer, layout, policy, part, "hooks.Pop" + register.TypeName + "(ref this" + (argument.Length == 0 ? "" : ", element") + ").Value");
            return;
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

        Show(writer, layout, policy, part, "hooks.Read" + register.TypeName + "(ref this, " + argument + "stored, " + RegisterLanes(part) + ").Value");
    }

    /// <summary>Writes a register's value into the word that is read.</summary>
    public static void Show(SourceWriter writer, ViewLayout layout, RegisterPolicy policy, WordPart part, string value)
    {
        if (policy.OnlyWaits(part))
        {
            // What is known of the other half at this moment waits for who reads it next.
            bool isUpper = part.RegisterByte == 0;
            writer.Line("ulong whole = " + value + ";");
            writer.Line("_words[" + Memory(layout, policy, part, "offset") + "] = (uint)" + (isUpper ? "(whole >> 32)" : "whole") + " & " + Literal.UInt((uint)(policy.Readable >> (isUpper ? 32 : 0))) + ";");
            value = "whole";
        }

        string shifted = part.RegisterByte == 0 ? "(uint)" + value : "(uint)(" + value + " >> " + Literal.Number(part.RegisterByte * 8) + ")";
        string moved = part.WordByte == 0 ? shifted : "(" + shifted + " << " + Literal.Number(part.WordByte * 8) + ")";
        writer.Line("value = (value & " + Literal.UInt(~part.InWord(policy.AllBits)) + ") | (" + moved + " & " + Literal.UInt(part.InWord(policy.Readable)) + ");");
    }

    private static void EmitWrites(SourceWriter writer, ViewContext view)
    {
        writer.Line(Library.NoInline);
        using (writer.Block("private " + Library.AccessResult + " WriteSeen" + view.Generic + "(uint offset, " + Library.Lanes + " lanes, " + Library.GuestControlled + " uint written, uint old, " + Library.AccessOutcome + " outcome" + view.Parameter + ")" + view.Constraint))
        {
            EmitSwitch(writer, view.Layout, static (policy, part) => policy.SeesWrites && !policy.OnlyWaits(part), (policy, part) =>
            {
                RegisterModel register = policy.Register;
                string element = Element(register, part, "offset");
                if (element.Length != 0)
                {
                    writer.Line("uint element = " + element + ";");
                }

                writer.Line(AfterWriteEmitter.Call(
                    view,
                    policy,
                    element.Length == 0 ? "" : "element",
                    policy.HoldsHalves ? HeldBefore(view.Layout, policy, part) : Before(register, part),
                    policy.HoldsHalves ? HeldLanes(view.Layout, policy, part) : RegisterLanes(part),
                    policy.HoldsHalves ? HeldWritten(view.Layout, policy, part) : Written(part)));
            });
            writer.Line();
            Forget(writer, view.Layout, "offset");
            writer.Line("return outcome.Result;");
        }

        writer.Line();
    }

    private static void EmitSwitch(SourceWriter writer, ViewLayout layout, Func<RegisterPolicy, WordPart, bool> sees, Action<RegisterPolicy, WordPart> emit)
    {
        if (layout.HasUnseen)
        {
            writer.Line("lanes = outcome.Seen(lanes);");
        }

        using (writer.Block("switch (outcome.Hook)"))
        {
            foreach (HookShape hook in layout.Hooks)
            {
                WordPart[] parts = [.. hook.Parts.Where(part => sees(layout.Policies[part.Policy], part))];
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

    private static string HeldBefore(ViewLayout layout, RegisterPolicy policy, WordPart part)
    {
        string first = "_words[" + Memory(layout, policy, part, "offset") + " + 3]";
        return "new " + policy.Register.TypeName + "(" + (part.RegisterByte == 0 ? "old | ((ulong)" + first + " << 32)" : "((ulong)old << 32) | " + first) + ")";
    }

    private static string HeldLanes(ViewLayout layout, RegisterPolicy policy, WordPart part)
    {
        string first = "((_words[" + Memory(layout, policy, part, "offset") + " + 2] >> 4) & 0xFu)";
        return "new " + Library.Lanes + "(" + (part.RegisterByte == 0 ? "(lanes.Bits & 0xFu) | (" + first + " << 4)" : "((lanes.Bits & 0xFu) << 4) | " + first) + ")";
    }

    private static string HeldWritten(ViewLayout layout, RegisterPolicy policy, WordPart part)
    {
        string first = "_words[" + Memory(layout, policy, part, "offset") + " + 1]";
        return part.RegisterByte == 0 ? "written | ((ulong)" + first + " << 32)" : "((ulong)written << 32) | " + first;
    }

    /// <summary>Where the memory of a register begins whose halves wait for each other.</summary>
    private static string Memory(ViewLayout layout, RegisterPolicy policy, WordPart part, string offset)
    {
        string start = Literal.Number(layout.MemoryOf(part.Policy));
        string element = Element(policy.Register, part, offset);
        return element.Length == 0 ? start : "(int)(" + start + "u + (" + element + " * " + Literal.UInt(ViewLayout.HalvesLength) + "))";
    }

    private static string Written(WordPart part)
        => "(((ulong)written >> " + Literal.Number(part.WordByte * 8) + ") << " + Literal.Number(part.RegisterByte * 8) + ") & " + Literal.ULong(PartMask(part));
}
