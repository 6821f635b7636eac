using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>
/// The value type of a register: its bits, and a property for each field. What is short enough to be inlined by every compiler carries no attribute
/// that says so: there are thousands, and each attribute is bound.
/// </summary>
internal static class ValueEmitter
{
    /// <summary>Writes the type.</summary>
    public static void Emit(SourceWriter writer, RegisterModel register)
    {
        string carrier = RegisterText.Carrier(register.WidthBits);
        string name = register.TypeName;
        string contract = Library.Namespace + "IRegisterValue<" + name + ">";
        XmlDoc.Summary(writer, RegisterText.Summary(register), RegisterText.Remarks(register.Source, register.Unsure, register.Origin));
        writer.Line(Traits(register));
        using (writer.Block("public readonly struct " + name + " : " + contract))
        {
            writer.Line("private readonly " + carrier + " _value;");
            writer.Line();
            XmlDoc.Summary(writer, "Makes a value of all bits of the register.");
            XmlDoc.Parameter(writer, "value", "The bits.");
            writer.Line("public " + name + "(" + carrier + " value) => _value = value;");
            writer.Line();
            XmlDoc.Summary(writer, "All bits of the register.");
            writer.Line("public " + carrier + " Value => _value;");
            writer.Line();
            foreach (FieldModel field in register.Fields)
            {
                EmitField(writer, register, field);
            }

            // What the interface says of every type is not said again: it would be one more body a register.
            if (register.ModifyKeeps != ulong.MaxValue >> (64 - register.WidthBits) || register.ModifySets != 0 || Halves(register).Length != 0)
            {
                using (writer.Block("static " + Library.Namespace + "RegisterShape " + contract + ".Shape"))
                {
                    writer.Line(Library.Inline);
                    writer.Line("get => new(" + Literal.Number(register.WidthBits) + ", " + Literal.ULong(register.ModifyKeeps) + ", " + Literal.ULong(register.ModifySets) + Halves(register) + ");");
                }
            }
        }

        writer.Line();
    }

    private static string Halves(RegisterModel register)
        => register.Order is WideOrder.LowFirst or WideOrder.HighFirst or WideOrder.Split ? ", " + Library.Namespace + "RegisterHalves." + register.Order : "";

    private static string Traits(RegisterModel register)
    {
        BitMasks masks = register.Masks;
        ulong undescribed = register.Fields.Count == 0 ? 0 : register.Undescribed;
        return "[" + Library.Namespace + "RegisterTraits(Name = " + Literal.Text(register.Name)
            + ", Offset = " + Literal.Hex(register.Offset)
            + ", WidthBits = " + Literal.Number(register.WidthBits)
            + ", Readable = " + Literal.Hex(masks.Readable)
            + ", Writable = " + Literal.Hex(masks.Writable)
            + ", WriteEffects = " + Literal.Hex(masks.WriteEffects)
            + ", ReadEffects = " + Literal.Hex(masks.ReadEffects)
            + ", Reserved = " + Literal.Hex(masks.ReservedPreserve | masks.ReservedZero | undescribed) + ")]";
    }

    private static void EmitField(SourceWriter writer, RegisterModel register, FieldModel field)
    {
        string type = RegisterText.FieldType(field);
        string mask = Literal.Unsigned(field.Mask, register.WidthBits);
        XmlDoc.Summary(writer, RegisterText.Summary(register, field), RegisterText.Remarks(field.Provenance));
        writer.Line("[" + Library.Namespace + "FieldBits(" + Literal.Number(field.LowBit) + ", " + Literal.Number(field.WidthBits) + Constraint(field) + ")]");
        writer.Line("public " + type + " " + field.TypeName + " { get => " + Get(register, field, type, mask) + "; init => _value = " + Put(register, field, type, mask) + "; }");
        writer.Line();
    }

    private static string Constraint(FieldModel field) => field.Write != WriteAction.Store ? "" : field.Constraint.Kind switch
    {
        WriteConstraintKind.Range => ", Minimum = " + Literal.Hex(field.Constraint.Minimum) + ", Maximum = " + Literal.Hex(field.Constraint.Maximum),
        WriteConstraintKind.EnumeratedValues => ", IsNamed = true",
        _ => "",
    };

    private static string Get(RegisterModel register, FieldModel field, string type, string mask)
    {
        if (type == "bool")
        {
            return "(_value & " + mask + ") != 0";
        }

        string bits = field.LowBit == 0
            ? "_value & " + mask
            : "(" + (register.WidthBits < 32 ? "(uint)" : "") + "_value >> " + Literal.Number(field.LowBit) + ") & " + Literal.Unsigned(field.Mask >> field.LowBit, register.WidthBits);
        bool convert = field.EnumName.Length != 0 || (register.WidthBits > 32 && field.WidthBits <= 32);
        return convert ? "(" + type + ")(" + bits + ")" : bits;
    }

    private static string Put(RegisterModel register, FieldModel field, string type, string mask)
    {
        string cast = register.WidthBits < 32 ? "(" + RegisterText.Carrier(register.WidthBits) + ")" : "";
        string value = field.EnumName.Length == 0 ? "value" : register.WidthBits > 32 ? "(ulong)value" : "(uint)value";
        string place = type == "bool" ? "" : Literal.Number(field.LowBit) + ", ";
        return cast + Library.Namespace + "FieldValue.Put(_value, " + mask + ", " + place + value + ")";
    }
}
