using System;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>How registers and fields are spoken of: types in code, and the words of their documentation.</summary>
internal static class RegisterText
{
    /// <summary>The C# type that holds exactly so many bits.</summary>
    public static string Carrier(int widthBits) => widthBits switch
    {
        8 => "byte",
        16 => "ushort",
        64 => "ulong",
        _ => "uint",
    };

    /// <summary>The C# type of a number of so many bits: uint, or ulong where that is too small.</summary>
    public static string Number(int widthBits) => widthBits > 32 ? "ulong" : "uint";

    /// <summary>The type of a field's property.</summary>
    public static string FieldType(FieldModel field)
        => field.EnumName.Length != 0 ? field.EnumName : field.WidthBits == 1 ? "bool" : Number(field.WidthBits);

    /// <summary>One sentence on a register: name, description, width and place, access, reset.</summary>
    public static string Summary(RegisterModel register)
    {
        RegisterDimension dimension = register.Dimension;
        string times = dimension.IsArray ? ", " + Literal.Number(dimension.Count) + " times every " + Literal.Hex(dimension.StrideBytes) + " bytes" : "";
        string place = Literal.Number(register.WidthBits) + " bits at offset " + Literal.Hex(register.Offset) + times;
        string reset = register.ResetMask == 0 ? "" : ", reset " + Literal.Hex(register.ResetValue);
        return XmlDoc.Sentences(register.Name + ": " + register.Description, place + ", " + Access(register.Masks) + Constraint(register.Constraint) + Protection(register.Protection) + reset);
    }

    /// <summary>Where the facts on something come from, what is in doubt, and what an overlay says of it.</summary>
    public static string Remarks(string source, string unsure, string origin = "")
        => XmlDoc.Sentences(
            source.Length == 0 ? "" : "Source: " + source,
            unsure.Length == 0 ? "" : "Unsure: " + unsure,
            origin.Length == 0 ? "" : "Overlay " + origin);

    /// <summary>The same, for a field.</summary>
    public static string Remarks(Provenance provenance) => Remarks(provenance.Source, provenance.Unsure, provenance.Origin);

    /// <summary>One sentence on a field: name, description, place, access, and what it is after a reset.</summary>
    public static string Summary(RegisterModel register, FieldModel field)
    {
        bool hasReset = (register.ResetMask & field.Mask) == field.Mask && field.Reserved == ReservedKind.None && register.ElementResets.Count == 0;
        string reset = hasReset ? ", reset " + Literal.Hex((register.ResetValue & field.Mask) >> field.LowBit) : "";
        string bits = field.WidthBits == 1
            ? "Bit " + Literal.Number(field.LowBit)
            : "Bits " + Literal.Number(field.LowBit + field.WidthBits - 1) + ":" + Literal.Number(field.LowBit);
        return XmlDoc.Sentences(field.Name + ": " + field.Description, bits + ", " + Access(field) + reset);
    }

    private static string Access(BitMasks masks)
        => masks.Writable == 0 ? "read-only" : masks.Readable == 0 ? "write-only" : "read-write";

    private static string Access(FieldModel field)
    {
        string reserved = field.Reserved switch
        {
            ReservedKind.Preserve => "RsvdP",
            ReservedKind.Zero => "RsvdZ",
            _ => "",
        };
        if (reserved.Length != 0)
        {
            return reserved;
        }

        string access = field.IsHardwareInitialised ? "HwInit" : field.Access switch
        {
            FieldAccess.ReadOnly => "read-only",
            FieldAccess.WriteOnly => "write-only",
            FieldAccess.WriteOnce => "write-once, not readable",
            FieldAccess.ReadWriteOnce => "write-once",
            _ => "read-write",
        };
        return access + Action(field) + Constraint(field.Write == WriteAction.Store ? field.Constraint : default) + (field.IsSticky ? ", sticky" : "");
    }

    private static string Protection(Protection protection) => protection switch
    {
        Sluice.Registers.Description.Protection.Secure => ", secure accesses only",
        Sluice.Registers.Description.Protection.NonSecure => ", non-secure accesses too",
        Sluice.Registers.Description.Protection.Privileged => ", privileged accesses only",
        _ => "",
    };

    private static string Constraint(WriteConstraint constraint) => constraint.Kind switch
    {
        WriteConstraintKind.Range => FormattableString.Invariant($", {constraint.Minimum} to {constraint.Maximum} may be written"),
        WriteConstraintKind.EnumeratedValues => ", only named values may be written",
        WriteConstraintKind.WriteAsRead => ", to be written as it was read",
        _ => "",
    };

    private static string Action(FieldModel field)
    {
        string write = field.Write switch
        {
            WriteAction.OneToClear => ", W1C",
            WriteAction.OneToSet => ", W1S",
            WriteAction.OneToToggle => ", W1T",
            WriteAction.ZeroToClear => ", W0C",
            WriteAction.ZeroToSet => ", W0S",
            WriteAction.ZeroToToggle => ", W0T",
            WriteAction.Clear => ", any write clears",
            WriteAction.Set => ", any write sets",
            WriteAction.Modify => ", a write acts in the hardware's own way",
            _ => "",
        };
        string read = field.Read switch
        {
            ReadAction.Clear => ", a read clears",
            ReadAction.Set => ", a read sets",
            ReadAction.Modify => ", a read changes it",
            ReadAction.ModifyExternal => ", a read changes something elsewhere",
            _ => "",
        };
        return write + read;
    }
}
