using System.Collections.Generic;
using System.Linq;

namespace Sluice.Generators.Layout;

/// <summary>How the slot of a word is found, with the tables that this takes.</summary>
internal sealed class SlotIndex
{
    /// <summary>Words of a page, as a power of two.</summary>
    public const int PageShift = 4;

    private const int PageWords = 1 << PageShift;
    // A dense index stores a word for each that is not described; an instance is to take no more than 64 bytes beyond its registers.
    private const int HolesBorne = 16;

    // A page of a two-level index costs a byte or two, whether or not it has a register; one of a sparse index four, and a search.
    private const int NeverSparseBelow = 256;
    private const int EmptyPagesBorne = 16;

    private SlotIndex(IndexKind kind, int words, uint[] pages, uint[] entries)
    {
        Kind = kind;
        Words = words;
        Pages = pages;
        Entries = entries;
    }

    /// <summary>An index of no words.</summary>
    public static SlotIndex Empty { get; } = new(IndexKind.Dense, 0, [], []);

    /// <summary>How it finds a slot.</summary>
    public IndexKind Kind { get; }

    /// <summary>Words from offset 0 to the last one described.</summary>
    public int Words { get; }

    /// <summary>Two-level: the page of each run of sixteen words. Sparse: the numbers of the runs that there are, ascending.</summary>
    public uint[] Pages { get; }

    /// <summary>Sixteen slots a page; the greatest number of the table's type where a word is not described.</summary>
    public uint[] Entries { get; }

    /// <summary>The greatest number that <see cref="Entries"/> holds.</summary>
    public uint None { get; private set; }

    /// <summary>Its kind, in words.</summary>
    public string Name => Kind switch
    {
        IndexKind.Dense => "dense",
        IndexKind.TwoLevel => "two-level",
        _ => "sparse",
    };

    /// <summary>Chooses the shape by how many of the words are described, and how far apart they lie.</summary>
    /// <param name="offsets">The words described, ascending.</param>
    /// <param name="slots">How many slots there are, these words' and others.</param>
    /// <param name="isExact">Whether a word that is not described must not have a slot.</param>
    public static SlotIndex Choose(IReadOnlyList<uint> offsets, int slots, bool isExact)
    {
        if (offsets.Count == 0)
        {
            return Empty;
        }

        int words = (int)(offsets[offsets.Count - 1] / 4) + 1;
        if (!isExact && words - offsets.Count <= HolesBorne)
        {
            return new SlotIndex(IndexKind.Dense, words, [], []);
        }

        int pages = (words + PageWords - 1) >> PageShift;
        int described = offsets.Select(static offset => offset / (4 << PageShift)).Distinct().Count();
        uint none = slots < byte.MaxValue ? byte.MaxValue : ushort.MaxValue;
        return pages < NeverSparseBelow || pages <= (long)described * EmptyPagesBorne
            ? TwoLevel(offsets, words, pages, none)
            : Sparse(offsets, words, none);
    }

    private static SlotIndex TwoLevel(IReadOnlyList<uint> offsets, int words, int count, uint none)
    {
        uint[] pages = new uint[count];
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

        return new SlotIndex(IndexKind.TwoLevel, words, pages, [.. entries]) { None = none };
    }

    private static SlotIndex Sparse(IReadOnlyList<uint> offsets, int words, uint none)
    {
        List<uint> pages = [];
        List<uint> entries = [];
        for (int slot = 0; slot < offsets.Count; slot++)
        {
            uint word = offsets[slot] / 4;
            if (pages.Count == 0 || pages[pages.Count - 1] != word >> PageShift)
            {
                pages.Add(word >> PageShift);
                entries.AddRange(Enumerable.Repeat(none, PageWords));
            }

            entries[((pages.Count - 1) << PageShift) | (int)(word & (PageWords - 1))] = (uint)slot;
        }

        return new SlotIndex(IndexKind.Sparse, words, [.. pages], [.. entries]) { None = none };
    }
}
