using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>
/// The stream table in memory: linear, one entry a stream, or of two levels, where a table of 256 entries comes to be when the first of its streams is reserved. It
/// begins with every stream aborted: by its entry, or for lack of one.
/// </summary>
/// <typeparam name="TMemory">The memory that it is in.</typeparam>
/// <remarks>Source: Arm IHI 0070, sections 3.3.1, 5.1 and 5.2.</remarks>
public readonly struct StreamTable<TMemory>
    where TMemory : struct, IMachineMemory
{
    /// <summary>log2 of the entries of a second-level table.</summary>
    internal const int SecondLevelBits = 8;

    /// <summary>Pages of a second-level table.</summary>
    internal const uint SecondLevelPages = (uint)((StreamTableEntry.SizeBytes << SecondLevelBits) / PagePool<TMemory>.PageBytes);

    private const ulong AddressBits = 0x000F_FFFF_FFFF_FFC0;
    private const ulong Span = SecondLevelBits + 1;

    private readonly TMemory _memory;

    internal StreamTable(TMemory memory, MachineAddress start, int log2Entries, bool isTwoLevel)
    {
        _memory = memory;
        Start = start;
        Log2Entries = log2Entries;
        IsTwoLevel = isTwoLevel;
        if (!isTwoLevel)
        {
            Abort(start, 1u << log2Entries);
        }
    }

    /// <summary>log2 of the number of streams.</summary>
    public int Log2Entries { get; }

    /// <summary>Whether it has two levels.</summary>
    public bool IsTwoLevel { get; }

    internal MachineAddress Start { get; }

    /// <summary>Pages of the first or only level: a page holds 64 entries, or 512 descriptors of second levels.</summary>
    internal static uint Pages(int log2Entries, bool isTwoLevel)
    {
        int pageBits = isTwoLevel ? log2Entries - SecondLevelBits - 9 : log2Entries - 6;
        return pageBits <= 0 ? 1 : 1u << pageBits;
    }

    /// <summary>Whether a stream has a number that the table can have an entry for.</summary>
    public bool IsInRange(StreamId stream) => stream.Value >> Log2Entries == 0;

    /// <summary>Whether there is an entry for a stream.</summary>
    public bool Contains(StreamId stream) => IsInRange(stream) && (!IsTwoLevel || SecondLevel(stream).Value != 0);

    /// <summary>Whether any stream is attached to what an entry says.</summary>
    internal bool IsUsed(in StreamTableEntry entry)
    {
        uint stride = IsTwoLevel ? 1u << SecondLevelBits : 1u << Log2Entries;
        for (ulong first = 0; first < 1ul << Log2Entries; first += stride)
        {
            for (uint stream = (uint)first; Contains(new StreamId((uint)first)) && stream < first + stride; stream++)
            {
                if (Is(new StreamId(stream), in entry))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a stream is attached to what an entry says.</summary>
    internal bool Is(StreamId stream, in StreamTableEntry entry)
    {
        MachineAddress address = Entry(stream);
        return _memory.Read64(address) == entry.Word0 && _memory.Read64(address + 16) == entry.Word2 && _memory.Read64(address + 24) == entry.Word3;
    }

    /// <summary>Whether a stream's transactions are translated at all.</summary>
    internal bool Translates(StreamId stream) => StreamTableEntry.Translates(_memory.Read64(Entry(stream)));

    /// <summary>Makes room for a stream's entry and those beside it, all aborting.</summary>
    /// <returns>False when the pool has no room.</returns>
    internal bool TryGrow(StreamId stream, ref PagePool<TMemory> pool)
    {
        if (!pool.TryAllocate(SecondLevelPages, out MachineAddress table))
        {
            return false;
        }

        Abort(table, 1u << SecondLevelBits);
        Put(Descriptor(stream), table.Value | Span);
        return true;
    }

    /// <summary>Returns the table's pages; nobody may read it any more.</summary>
    internal void Free(ref PagePool<TMemory> pool)
    {
        for (ulong first = 0; IsTwoLevel && first < 1ul << Log2Entries; first += 1u << SecondLevelBits)
        {
            MachineAddress table = SecondLevel(new StreamId((uint)first));
            if (table.Value != 0)
            {
                _ = pool.TryFree(table, SecondLevelPages);
            }
        }

        _ = pool.TryFree(Start, Pages(Log2Entries, IsTwoLevel));
    }

    /// <summary>Makes a stream's entry invalid, or aborting: one write, valid before and after.</summary>
    internal void Close(StreamId stream, bool abort) => Put(Entry(stream), abort ? StreamTableEntry.Abort.Word0 : 0);

    /// <summary>Writes all of a closed entry but the word that opens it.</summary>
    internal void Prepare(StreamId stream, in StreamTableEntry entry)
    {
        MachineAddress address = Entry(stream);
        _memory.Write64(address + 8, entry.Word1);
        _memory.Write64(address + 16, entry.Word2);
        _memory.Write64(address + 24, entry.Word3);
        _memory.Clean(address, StreamTableEntry.SizeBytes);
        _memory.Barrier();
    }

    /// <summary>Opens an entry that is prepared.</summary>
    internal void Open(StreamId stream, in StreamTableEntry entry) => Put(Entry(stream), entry.Word0);

    private void Abort(MachineAddress table, uint entries)
    {
        for (uint entry = 0; entry < entries; entry++)
        {
            _memory.Write64(table + (entry * StreamTableEntry.SizeBytes), StreamTableEntry.Abort.Word0);
        }

        _memory.Clean(table, entries * StreamTableEntry.SizeBytes);
        _memory.Barrier();
    }

    private void Put(MachineAddress address, ulong word)
    {
        _memory.Write64(address, word);
        _memory.Clean(address, sizeof(ulong));
        _memory.Barrier();
    }

    private MachineAddress Descriptor(StreamId stream) => Start + ((stream.Value >> SecondLevelBits) * sizeof(ulong));

    private MachineAddress SecondLevel(StreamId stream) => new(_memory.Read64(Descriptor(stream)) & AddressBits);

    private MachineAddress Entry(StreamId stream) => IsTwoLevel
        ? SecondLevel(stream) + ((stream.Value & ((1u << SecondLevelBits) - 1)) * StreamTableEntry.SizeBytes)
        : Start + (stream.Value * StreamTableEntry.SizeBytes);
}
