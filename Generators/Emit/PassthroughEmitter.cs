using System.Linq;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>
/// Accesses that reach the hardware, always in the register's own width. A write composes what the party may write with what the hardware holds;
/// bits in which a write acts by itself get their neutral value unless the party wrote them. A write that meets no bit of the party's does not reach it.
/// </summary>
internal static class PassthroughEmitter
{
    /// <summary>Writes a read into the word that is read.</summary>
    public static void EmitRead(SourceWriter writer, ViewLayout layout, RegisterPolicy policy, WordPart part)
    {
        RegisterModel register = policy.Register;
        string offset = DispatchEmitter.RegisterOffset(register, part, "offset");
        string value = register.Masks.ReadEffects == 0 || policy.HoldsHalves
            ? Read(register, offset)
            : Library.Namespace + "PassthroughRead.Narrow(ref hooks, " + offset + ", " + Width(register) + ", " + DispatchEmitter.RegisterLanes(part) + ")";
        DispatchEmitter.Show(writer, layout, policy, part, value);
    }

    /// <summary>Writes the body of a register's method.</summary>
    public static void EmitWrite(SourceWriter writer, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        BitMasks masks = register.Masks;
        ulong writable = policy.Policy.Writable;
        ulong neutralOnes = masks.ZeroToClear | masks.ZeroToSet | masks.ZeroToToggle;
        ulong described = register.Fields.Aggregate(0ul, static (all, field) => all | field.Mask);
        ulong keeps = masks.Store | masks.ReservedPreserve | (policy.AllBits & ~described & ~masks.WriteEffects);
        string offset = register.Dimension.IsArray
            ? Literal.UInt(register.Offset) + " + (element * " + Literal.UInt(register.Dimension.StrideBytes) + ")"
            : Literal.UInt(register.Offset);
        writer.Line("uint offset = " + offset + ";");
        writer.Line("ulong touched = lanes.Mask64 & " + Literal.ULong(writable) + ";");
        using (writer.Block("if (touched == 0)"))
        {
            writer.Line("return;");
        }

        writer.Line();
        writer.Line("ulong current = old.Value;");
        EmitCurrent(writer, policy, keeps);
        writer.Line("ulong merged = (current & " + Literal.ULong(keeps) + " & ~touched) | (written & " + Literal.ULong(masks.Store) + " & touched);");
        if (policy.HasChecks)
        {
            string number = RegisterText.Number(register.WidthBits);
            writer.Line(number + " bits = " + (number == "uint" ? "(uint)merged;" : "merged;"));
            writer.Line(number + " former = " + (number == "uint" ? "(uint)current;" : "current;"));
            AfterWriteEmitter.EmitChecks(writer, policy, "former");
            writer.Line("merged = bits;");
        }

        writer.Line("ulong acting = (written & touched & " + Literal.ULong(masks.WriteEffects) + ") | (" + Literal.ULong(neutralOnes) + " & ~touched);");
        writer.Line(register.Order switch
        {
            WideOrder.LowFirst or WideOrder.Split => Library.Namespace + "PassthroughHalves.WriteLowFirst(ref hooks, offset, merged | acting);",
            WideOrder.HighFirst => Library.Namespace + "PassthroughHalves.WriteHighFirst(ref hooks, offset, merged | acting);",
            _ => "hooks.WriteHardware(offset, " + Width(register) + ", merged | acting);",
        });
        writer.Line(AfterWriteEmitter.Store(register, register.WidthBits == 32 ? "(uint)merged" : "merged"));
    }

    // A register that cannot be read, or not without harm, is known by what was last written.
    private static void EmitCurrent(SourceWriter writer, RegisterPolicy policy, ulong keeps)
    {
        BitMasks masks = policy.Register.Masks;
        if (masks.ReadEffects != 0 || (masks.Readable & keeps) == 0)
        {
            return;
        }

        string read = "current = (" + Read(policy.Register, "offset") + " & " + Literal.ULong(masks.Readable) + ") | (current & " + Literal.ULong(~masks.Readable) + ");";
        if (policy.HasChecks)
        {
            writer.Line(read);
            return;
        }

        using (writer.Block("if ((" + Literal.ULong(keeps) + " & ~touched) != 0)"))
        {
            writer.Line(read);
        }

        writer.Line();
    }

    private static string Read(RegisterModel register, string offset) => register.Order switch
    {
        WideOrder.LowFirst => Library.Namespace + "PassthroughHalves.ReadLowFirst(ref hooks, " + offset + ")",
        WideOrder.HighFirst => Library.Namespace + "PassthroughHalves.ReadHighFirst(ref hooks, " + offset + ")",
        WideOrder.Split => Library.Namespace + "PassthroughHalves.ReadSplit(ref hooks, " + offset + ")",
        _ => "hooks.ReadHardware(" + offset + ", " + Width(register) + ")",
    };

    private static string Width(RegisterModel register) => Library.AccessWidth + "." + register.WidthBits switch
    {
        8 => "Byte",
        16 => "HalfWord",
        64 => "DoubleWord",
        _ => "Word",
    };
}
