using System.Collections.Generic;
using System.Linq;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The block as whoever drives the hardware sees it: a typed accessor for each register, over any bus.</summary>
internal static class DriverEmitter
{
    /// <summary>Writes the accessors.</summary>
    /// <param name="writer">Where.</param>
    /// <param name="block">The block.</param>
    /// <param name="driven">The indices of the registers that are accessed.</param>
    public static void Emit(SourceWriter writer, BlockModel block, ISet<int> driven)
    {
        // Of a block of which a vendor describes nothing there is nothing to access.
        if (driven.Count == 0)
        {
            return;
        }

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
            foreach (RegisterModel register in block.Registers.Where((_, index) => driven.Contains(index)))
            {
                XmlDoc.Summary(writer, RegisterText.Summary(register), RegisterText.Remarks(register.Source, register.Unsure, register.Origin));
                // A method instead of the operator, and no attribute: each would cost the compiler as much again, and there is one for each register.
                writer.Line("public " + Accessor(block, register) + " " + register.TypeName + " => new(bus, address.At(" + Literal.ULong(register.Offset) + ")" + (IsWindow(block, register) ? Selector(block, register.Window!) : Extent(register.Dimension)) + ");");
                writer.Line();
            }
        }

        writer.Line();
    }

    /// <summary>Whether the accessor selects before it accesses.</summary>
    public static bool IsWindow(BlockModel block, RegisterModel register)
        => register is { Window: { } window, Dimension.IsArray: false } && !block.Registers[window.Register].Dimension.IsArray;

    private static string Accessor(BlockModel block, RegisterModel register)
    {
        if (IsWindow(block, register))
        {
            return Library.Namespace + "WindowRegister<TBus, " + block.Registers[register.Window!.Register].TypeName + ", " + register.TypeName + ">";
        }

        string kind = register.Dimension.IsArray ? "RegisterArray" : register.Fifo switch
        {
            FifoKind.Pop => "PopRegister",
            FifoKind.Push => "PushRegister",
            FifoKind.Pop | FifoKind.Push => "FifoRegister",
            _ => register.Masks.Writable == 0 ? "ReadOnlyRegister" : register.Masks.Readable == 0 ? "WriteOnlyRegister" : "Register",
        };
        return Library.Namespace + kind + "<TBus, " + register.TypeName + ">";
    }

    private static string Selector(BlockModel block, WindowModel window)
    {
        RegisterModel selector = block.Registers[window.Register];
        FieldModel field = selector.Fields[window.Field];
        ulong keeps = (selector.Masks.Store | selector.Masks.ReservedPreserve) & (selector.Masks.Readable | selector.Masks.ReservedPreserve) & ~field.Mask;
        return ", address.At(" + Literal.ULong(selector.Offset) + "), " + Literal.Number(field.LowBit) + ", " + Literal.ULong(keeps) + ", " + Literal.ULong(window.Count);
    }

    private static string Extent(RegisterDimension dimension)
        => dimension.IsArray ? ", " + Literal.UInt(dimension.Count) + ", " + Literal.UInt(dimension.StrideBytes) : "";
}
