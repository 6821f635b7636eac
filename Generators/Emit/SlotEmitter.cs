using System.Linq;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;

namespace Sluice.Generators.Emit;

/// <summary>How the slot of a word is found: by its number, by a page of a table, by a search among the pages, or by its place in a long array.</summary>
internal static class SlotEmitter
{
    /// <summary>Writes the method and its tables.</summary>
    public static void Emit(SourceWriter writer, ViewLayout layout)
    {
        SlotIndex index = layout.Index;
        bool hasMore = layout.LongArrays.Count != 0;
        if (index.Words != 0 || !hasMore)
        {
            EmitIndex(writer, index, hasMore ? "private static uint SlotOfSingle" : "public static uint Slot", isPublic: !hasMore);
        }

        if (hasMore)
        {
            EmitLong(writer, layout);
        }
    }

    private static void EmitIndex(SourceWriter writer, SlotIndex index, string method, bool isPublic)
    {
        if (index.Kind != IndexKind.Dense)
        {
            string pages = index.Kind == IndexKind.Sparse ? "uint" : index.Pages.Max() > byte.MaxValue ? "ushort" : "byte";
            PrivateTable(writer, pages, "Pages", index.Pages);
            PrivateTable(writer, index.None > byte.MaxValue ? "ushort" : "byte", "Entries", index.Entries);
        }

        if (isPublic)
        {
            writer.Line("/// <inheritdoc/>");
        }

        writer.Line(Library.Inline);
        if (index.Kind == IndexKind.Dense)
        {
            writer.Line(method + "(uint offset) => offset >> 2;");
            return;
        }

        using (writer.Block(method + "(uint offset)"))
        {
            string page = "offset >> " + Literal.Number(SlotIndex.PageShift + 2);
            string found = "page";
            if (index.Kind == IndexKind.Sparse)
            {
                writer.Line("uint page = " + Library.Namespace + "SparsePages.Find(Pages, " + page + ");");
            }
            else
            {
                writer.Line("uint page = " + page + ";");
                using (writer.Block("if (page >= (uint)Pages.Length)"))
                {
                    writer.Line("return uint.MaxValue;");
                }

                writer.Line();
                found = "(uint)Pages[(int)page]";
            }

            writer.Line("uint entry = (" + found + " << " + Literal.Number(SlotIndex.PageShift) + ") | ((offset >> 2) & " + Literal.UInt((1u << SlotIndex.PageShift) - 1) + ");");
            writer.Line("return entry < (uint)Entries.Length ? Entries[(int)entry] : uint.MaxValue;");
        }

        if (!isPublic)
        {
            writer.Line();
        }
    }

    // Words outside long arrays come first: one may lie in a gap of an array.
    private static void EmitLong(SourceWriter writer, ViewLayout layout)
    {
        writer.Line("/// <inheritdoc/>");
        using (writer.Block("public static uint Slot(uint offset)"))
        {
            if (layout.Index.Words != 0)
            {
                writer.Line("uint slot = SlotOfSingle(offset);");
                using (writer.Block("if (slot < " + Literal.UInt((uint)layout.LongArrays[0].FirstSlot) + ")"))
                {
                    writer.Line("return slot;");
                }

                writer.Line();
            }

            foreach (LongArray array in layout.LongArrays)
            {
                string distance = "offset - " + Literal.UInt(array.Start);
                foreach ((uint first, uint bytes, int slot) in array.Runs())
                {
                    string within = "((" + distance + ") % " + Literal.UInt(array.UnitBytes) + ")";
                    string place = first == 0 ? within : "(" + within + " - " + Literal.UInt(first) + ")";
                    string condition = bytes == array.UnitBytes ? "" : " && " + place + " < " + Literal.UInt(bytes);
                    using (writer.Block("if (" + distance + " <= " + Literal.UInt(array.LastByte) + condition + ")"))
                    {
                        writer.Line("return " + Literal.UInt((uint)slot) + " + (" + place + " >> 2);");
                    }

                    writer.Line();
                }
            }

            writer.Line("return uint.MaxValue;");
        }
    }

    private static void PrivateTable(SourceWriter writer, string type, string name, uint[] values)
    {
        writer.Line("private static " + Library.ReadOnlySpan + "<" + type + "> " + name + " =>");
        writer.Line("[");
        using (writer.Indent())
        {
            for (int start = 0; start < values.Length; start += 1 << SlotIndex.PageShift)
            {
                writer.Line(string.Join(", ", values.Skip(start).Take(1 << SlotIndex.PageShift).Select(static value => Literal.Number(value))) + ",");
            }
        }

        writer.Line("];");
        writer.Line();
    }
}
