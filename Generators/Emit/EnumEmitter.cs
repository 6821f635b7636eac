using System.Collections.Generic;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The named values of a register's fields.</summary>
internal static class EnumEmitter
{
    /// <summary>Writes one enum for each field that has named values, unless <paramref name="emitted"/> has it already.</summary>
    public static void Emit(SourceWriter writer, RegisterModel register, HashSet<string> emitted)
    {
        foreach (FieldModel field in register.Fields)
        {
            if (field.EnumName.Length == 0 || !emitted.Add(field.EnumName))
            {
                continue;
            }

            XmlDoc.Summary(writer, "Values of " + register.Name + "." + field.Name + ".");
            using (writer.Block("public enum " + field.EnumName + " : " + RegisterText.Number(field.WidthBits)))
            {
                foreach (EnumeratedValueModel value in field.Values)
                {
                    XmlDoc.Summary(writer, XmlDoc.Sentences(value.Name + (value.Description.Length == 0 ? "" : ": " + value.Description)));
                    writer.Line(value.TypeName + " = " + Literal.Hex(value.Value) + ",");
                    writer.Line();
                }
            }

            writer.Line();
        }
    }
}
