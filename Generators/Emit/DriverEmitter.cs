using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The block as whoever drives the hardware sees it: a typed accessor for each register, over any bus.</summary>
internal static class DriverEmitter
{
    /// <summary>Writes the accessors.</summary>
    public static void Emit(SourceWriter writer, BlockModel block)
    {
        XmlDoc.Summary(writer, "The registers of the block on a bus, for whoever drives the hardware.");
        writer.Line("/// <typeparam name=\"TBus\">How they are reached.</typeparam>");
        XmlDoc.Parameter(writer, "bus", "The bus.");
        XmlDoc.Parameter(writer, "address", "Where the block begins on the bus.");
        string head = "public readonly struct Registers<TBus>(TBus bus, " + Library.Namespace + "RegisterAddress address)";
        writer.Line(head);
        using (writer.Indent())
        {
            writer.Line("where TBus : struct, " + Library.Namespace + "IRegisterBus");
        }

        using (writer.Block())
        {
            foreach (RegisterModel register in block.Registers)
            {
                XmlDoc.Summary(writer, RegisterText.Summary(register));
                using (writer.Block("public " + Accessor(register) + "<TBus, " + register.TypeName + "> " + register.TypeName))
                {
                    writer.Line(Library.Inline);
                    writer.Line("get => new(bus, address + " + Literal.ULong(register.Offset) + Extent(register.Dimension) + ");");
                }

                writer.Line();
            }
        }

        writer.Line();
    }

    private static string Accessor(RegisterModel register)
    {
        string kind = register.Dimension.IsArray ? "RegisterArray"
            : register.Masks.Writable == 0 ? "ReadOnlyRegister"
            : register.Masks.Readable == 0 ? "WriteOnlyRegister"
            : "Register";
        return Library.Namespace + kind;
    }

    private static string Extent(RegisterDimension dimension)
        => dimension.IsArray ? ", " + Literal.UInt(dimension.Count) + ", " + Literal.UInt(dimension.StrideBytes) : "";
}
