using System.Collections.Generic;
using System.Linq;

namespace Sluice.Generators.Layout;

/// <summary>
/// How the slot of a word is found. Dense: the word's number is its slot, holes take slots as well. Two-level: a page of sixteen words is looked up
/// first, and all pages without a described word share one.
/// </summary>
internal sealed class SlotIndex
{
    /// <summary>Words of a page, as a power of two.</summary>
    public const int PageShift = 4;

    private const int PageWords = 1 << PageShift;
    private const int AlwaysDenseBelow = 32;

    private SlotIndex(bool isDense, int words, uint[] pages, uint[] entries)
    {
        IsDense = isDense;
        Words = words;
        Pages = pages;
        Entries = entries;
    }

    /// <summary>A dense index of no words.</summary>
    public static SlotIndex Dense { get; } = new(true, 0, [], []);

    /// <summary>Whether the word's number is its slot.</summary>
    public bool IsDense { get; }

    /// <summary>Words from offset 0 to the last one described.</summary>
    public int Words { get; }

    /// <summary>The page of each run of sixteen words.</summary>
    public uint[] Pages { get; }

    /// <summary>Sixteen slots a page; the greatest number of the table's type where a word is not described.</summary>
    public uint[] Entries { get; }

    /// <summary>The greatest number that <see cref="Entries"/> holds.</summary>
    public uint None { get; private set; }

    /// <summary>Chooses the shape by how many of the words are described.</summary>
    public static SlotIndex Choose(IReadOnlyList<uint> offsets)
    {
        if (offsets.Count == 0)
        {
            return Dense;
        }

        int words = (int)(offsets[offsets.Count - 1] / 4) + 1;
        return words <= AlwaysDenseBelow || offsets.Count * 2 >= words
            ? new SlotIndex(true, words, [], [])
            : TwoLevel(offsets, words);
    }

    private static SlotIndex TwoLevel(IReadOnlyList<uint> offsets, int words)
    {
        uint none = offsets.Count < byte.MaxValue ? byte.MaxValue : ushort.MaxValue;
        uint[] pages = new uint[(words + PageWords - 1) >> PageShift];
        List<uint> entries = [.. Enumerable.Repeat(none, PageWords)];
        for (int slot = 0; slot < offsets.Count; slot++)
        {
            uint word = offsets[slot] / 4;
            ref uint page = ref pages[word >> PageShift];
            if (page == 0)
            {
                page = (uint)(entries.Count >> PageShift);
                entries.AddRange(Enumerable.Repeat(none, PageWords));
            }

            entries[(int)((page << PageShift) | (word & (PageWords - 1)))] = (uint)slot;
        }

        return new SlotIndex(false, words, pages, [.. entries]) { None = none };
    }
}
