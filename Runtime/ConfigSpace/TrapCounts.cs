using System.Runtime.CompilerServices;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>How often a guest's accesses began at each byte of the first 256 of its function's config space, and how often elsewhere.</summary>
public struct TrapCounts
{
    /// <summary>Bytes of config space that have a count each: those of the header and of conventional capabilities.</summary>
    public const uint CountedBytes = 0x100;

    // An entry of the table is four words; bits 3:2 of an offset say which.
    private const int EntryWords = 4;

    private Bytes _config;
    private Words _table;

    /// <summary>Accesses to extended config space, from byte 256 on.</summary>
    public uint Extended { get; private set; }

    /// <summary>Accesses to the pending bits.</summary>
    public uint Pending { get; private set; }

    /// <summary>Accesses to other bytes of the pages that hold table and pending bits.</summary>
    public uint Neighbours { get; private set; }

    /// <summary>Accesses, in part or as a whole, to what is not there for the guest.</summary>
    public uint Denied { get; private set; }

    /// <summary>Accesses that began at a byte of config space.</summary>
    /// <param name="offset">Byte offset; from 256 on there is no count of its own.</param>
    public readonly uint At(uint offset) => offset < CountedBytes ? _config[(int)offset] : 0;

    /// <summary>Accesses to the MSI-X table that began in one word of an entry, all entries together.</summary>
    /// <param name="offset">Byte offset in the entry, which has 16 bytes.</param>
    public readonly uint AtEntry(uint offset) => _table[(int)((offset / sizeof(uint)) % EntryWords)];

    internal void CountConfig(uint offset)
    {
        if (offset < CountedBytes)
        {
            _config[(int)offset]++;
        }
        else
        {
            Extended++;
        }
    }

    internal void CountTable(uint offset) => _table[(int)((offset / sizeof(uint)) % EntryWords)]++;

    internal void CountPending() => Pending++;

    internal void CountNeighbour() => Neighbours++;

    internal void CountDenied() => Denied++;

    [InlineArray((int)CountedBytes)]
    private struct Bytes
    {
        private uint _count;
    }

    [InlineArray(EntryWords)]
    private struct Words
    {
        private uint _count;
    }
}
