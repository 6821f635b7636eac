using System.Collections.Generic;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The named values of a register's fields, and the names of an array's elements.</summary>
internal static class EnumEmitter
{
    /// <summary>Writes one enum for each field that has named values, unless <paramref name="emitted"/> has it already.</summary>
    public static void Emit(SourceWriter writer, RegisterModel register, HashSet<string> emitted)
    {
        if (register.ElementNames.Count != 0 && emitted.Add(register.ElementNamesTypeName))
        {
            XmlDoc.Summary(writer, "Elements of " + register.Name + ": what the index of one is.");
            EmitValues(writer, register.ElementNamesTypeName, "uint", register.ElementNames);
        }

        foreach (FieldModel field in register.Fields)
        {
            if (field.EnumName.Length == 0 || !emitted.Add(field.EnumName))
            {
                continue;
            }

            XmlDoc.Summary(writer, "Values of " + register.Name + "." + field.Name + ".");
            EmitValues(writer, field.EnumName, RegisterText.Number(field.WidthBits), field.Values);
        }
    }

    private static void EmitValues(SourceWriter writer, string name, string number, EquatableArray<EnumeratedValueModel> values)
    {
        using (writer.Block("public enum " + name + " : " + number))
        {
            foreach (EnumeratedValueModel value in values)
            {
                XmlDoc.Summary(writer, XmlDoc.Sentences(value.Name + (value.Description.Length == 0 ? "" : ": " + value.Description)));
                writer.Line(value.TypeName + " = " + Literal.Hex(value.Value) + ",");
                writer.Line();
            }
        }

        writer.Line();
    }
}
