using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>The stream table in memory, linear: one entry a stream. It begins with every stream aborted.</summary>
/// <typeparam name="TMemory">The memory that it is in.</typeparam>
/// <remarks>Source: Arm IHI 0070, sections 3.3.1 and 5.2.</remarks>
public readonly struct StreamTable<TMemory>
    where TMemory : struct, IMachineMemory
{
    private readonly TMemory _memory;

    internal StreamTable(TMemory memory, MachineAddress start, int log2Entries)
    {
        _memory = memory;
        Start = start;
        Log2Entries = log2Entries;
        for (uint stream = 0; stream < 1u << log2Entries; stream++)
        {
            _memory.Write64(Entry(new StreamId(stream)), StreamTableEntry.Abort.Word0);
        }

        _memory.Clean(start, StreamTableEntry.SizeBytes << log2Entries);
        _memory.Barrier();
    }

    /// <summary>log2 of the number of streams.</summary>
    public int Log2Entries { get; }

    internal MachineAddress Start { get; }

    /// <summary>Whether there is an entry for a stream.</summary>
    public bool Contains(StreamId stream) => stream.Value >> Log2Entries == 0;

    /// <summary>Whether a stream is attached to what an entry says.</summary>
    internal bool Is(StreamId stream, in StreamTableEntry entry)
    {
        MachineAddress address = Entry(stream);
        return _memory.Read64(address) == entry.Word0 && _memory.Read64(address + 16) == entry.Word2 && _memory.Read64(address + 24) == entry.Word3;
    }

    /// <summary>Whether a stream's transactions are translated at all.</summary>
    internal bool Translates(StreamId stream) => StreamTableEntry.Translates(_memory.Read64(Entry(stream)));

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

    private void Put(MachineAddress address, ulong word)
    {
        _memory.Write64(address, word);
        _memory.Clean(address, sizeof(ulong));
        _memory.Barrier();
    }

    private MachineAddress Entry(StreamId stream) => Start + (stream.Value * StreamTableEntry.SizeBytes);
}
