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

            using (writer.Block("static " + Library.Namespace + "RegisterShape " + contract + ".Shape"))
            {
                writer.Line(Library.Inline);
                writer.Line("get => new(" + Literal.Number(register.WidthBits) + ", " + Literal.ULong(register.ModifyKeeps) + ", " + Literal.ULong(register.ModifySets) + Halves(register) + ");");
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
        string carrier = RegisterText.Carrier(register.WidthBits);
        string cast = register.WidthBits < 32 ? "(" + carrier + ")" : "";
        string merged = "(_value & ~" + mask + ") | " + Set(register, field, type, mask);
        XmlDoc.Summary(writer, RegisterText.Summary(field), RegisterText.Remarks(field.Provenance));
        writer.Line("[" + Library.Namespace + "FieldBits(" + Literal.Number(field.LowBit) + ", " + Literal.Number(field.WidthBits) + ")]");
        using (writer.Block("public " + type + " " + field.TypeName))
        {
            writer.Line("get => " + Get(register, field, type, mask) + ";");
            writer.Line(Library.Inline);
            writer.Line("init => _value = " + (cast.Length == 0 ? merged : cast + "(" + merged + ")") + ";");
        }

        writer.Line();
    }

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

    private static string Set(RegisterModel register, FieldModel field, string type, string mask)
    {
        if (type == "bool")
        {
            return "(value ? " + mask + " : 0)";
        }

        string number = register.WidthBits > 32 ? "(ulong)value" : field.EnumName.Length != 0 ? "(uint)value" : "value";
        return field.LowBit == 0 ? "(" + number + " & " + mask + ")" : "((" + number + " << " + Literal.Number(field.LowBit) + ") & " + mask + ")";
    }
}
