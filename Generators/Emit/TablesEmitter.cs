using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;

namespace Sluice.Generators.Emit;

/// <summary>The tables of a view: data of the assembly, nothing is built at start-up.</summary>
internal static class TablesEmitter
{
    private const int WordsPerLine = 8;

    /// <summary>Writes the tables and the storage that they describe.</summary>
    public static void Emit(SourceWriter writer, ViewLayout layout)
    {
        SlotIndex index = layout.Index;
        XmlDoc.Summary(writer, "The tables of the view, " + index.Name + ": " + Literal.Number(layout.Slots.Length) + " words.");
        using (writer.Block("public readonly struct Tables : " + Library.Namespace + "IRegisterTables"))
        {
            EmitWords(writer, layout);
            Table(writer, "Effects", layout.Effects.Concat(layout.Gates));
            Table(writer, "Reset", layout.Slots.Select(static word => word.Reset), WordsPerLine);
            Table(writer, "Sticky", Sticky(layout), WordsPerLine);
            Table(writer, "Fixed", layout.Slots.Any(static word => word.Fixed != 0) ? layout.Slots.Select(static word => word.Fixed) : [], WordsPerLine);
            EmitNumbers(writer, layout);
            EmitNames(writer, layout);
            SlotEmitter.Emit(writer, layout);
        }

        writer.Line();
        writer.Line("[global::System.Runtime.CompilerServices.InlineArray(" + Literal.Number(layout.StoredWords) + ")]");
        using (writer.Block("private struct Storage"))
        {
            writer.Line("private uint _word;");
        }
    }

    private static void EmitWords(SourceWriter writer, ViewLayout layout)
    {
        Open(writer, "uint", "Words");
        using (writer.Indent())
        {
            using (writer.Indent())
            {
                foreach (WordLayout word in layout.Slots)
                {
                    string names = string.Join(", ", word.Parts.Select(part => layout.Policies[part.Policy].Register.TypeName).Distinct());
                    writer.Line(Row([word.Readable, word.Writable, word.OneToClear, word.Flags]) + " // " + Literal.Hex(word.Offset) + (names.Length == 0 ? "" : " " + names));
                }
            }
        }

        Close(writer);
    }

    private static void EmitNumbers(SourceWriter writer, ViewLayout layout)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static uint Absent => " + Literal.Word(layout.Absent) + "u;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static uint SizeBytes => " + Literal.UInt(layout.SizeBytes) + ";");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static ulong MapHash => " + Literal.ULong(MapHash.Of(layout)) + ";");
        writer.Line();
    }

    private static void EmitNames(SourceWriter writer, ViewLayout layout)
    {
        StringBuilder names = new();
        List<uint> rows = [];
        foreach (RegisterPolicy policy in layout.Policies)
        {
            string name = policy.Register.Name;
            string ascii = name.Length <= byte.MaxValue ? name : name.Substring(0, byte.MaxValue);
            rows.AddRange(
            [
                policy.Register.Offset,
                (uint)policy.Register.WidthBits / 8,
                policy.Register.Dimension.Count,
                policy.Register.Dimension.StrideBytes,
                ((uint)names.Length << 8) | (uint)ascii.Length,
            ]);
            foreach (char character in ascii)
            {
                names.Append(character is > ' ' and <= '~' ? character : '?');
            }
        }

        Table(writer, "Registers", rows, 5);
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static " + Library.ReadOnlySpan + "<byte> Names => " + Literal.Text(names.ToString()) + "u8;");
        writer.Line();
    }

    private static IEnumerable<uint> Sticky(ViewLayout layout)
    {
        IEnumerable<uint> memory = layout.StickyMemory.Any(static bits => bits != 0) ? layout.StickyMemory : [];
        return layout.Slots.Any(static word => word.Sticky != 0) ? layout.Slots.Select(static word => word.Sticky).Concat(memory) : [];
    }

    private static void Table(SourceWriter writer, string name, IEnumerable<uint> values, int perLine)
    {
        uint[] all = [.. values];
        Table(writer, name, Enumerable.Range(0, (all.Length + perLine - 1) / perLine).Select(line => all.Skip(line * perLine).Take(perLine)));
    }

    private static void Table(SourceWriter writer, string name, IEnumerable<IEnumerable<uint>> rows)
    {
        uint[][] all = [.. rows.Select(static row => row.ToArray())];
        if (all.Length == 0)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line("public static " + Library.ReadOnlySpan + "<uint> " + name + " => default;");
            writer.Line();
            return;
        }

        Open(writer, "uint", name);
        using (writer.Indent())
        {
            using (writer.Indent())
            {
                foreach (uint[] row in all)
                {
                    writer.Line(Row(row));
                }
            }
        }

        Close(writer);
    }

    private static void Open(SourceWriter writer, string type, string name)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static " + Library.ReadOnlySpan + "<" + type + "> " + name);
        writer.Line("{");
        using (writer.Indent())
        {
            writer.Line(Library.Inline);
            writer.Line("get =>");
            writer.Line("[");
        }
    }

    private static void Close(SourceWriter writer)
    {
        using (writer.Indent())
        {
            writer.Line("];");
        }

        writer.Line("}");
        writer.Line();
    }

    private static string Row(IEnumerable<uint> values) => string.Join(", ", values.Select(static value => Literal.Word(value))) + ",";
}
