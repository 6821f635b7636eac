namespace Sluice.Runtime.Smmu;

/// <summary>
/// The arithmetic of an SMMU's queues: an index of so many bits and above it a wrap bit, so that full and empty differ. Bits above the wrap bit are not the
/// index's.
/// </summary>
/// <param name="log2Entries">log2 of the number of entries: 0 to 19.</param>
/// <remarks>Source: Arm IHI 0070, section 3.5.1.</remarks>
public readonly struct QueueRing(int log2Entries)
{
    /// <summary>log2 of the number of entries.</summary>
    public int Log2Entries { get; } = log2Entries;

    /// <summary>Index and wrap bit of a register's value.</summary>
    public uint Position(uint value) => value & ((2u << Log2Entries) - 1);

    /// <summary>Which entry a position means.</summary>
    public uint Slot(uint position) => position & ((1u << Log2Entries) - 1);

    /// <summary>The position after one.</summary>
    public uint Next(uint position) => Position(position + 1);

    /// <summary>Whether the producer is a whole round ahead.</summary>
    public bool IsFull(uint produced, uint consumed) => Position(produced ^ consumed) == 1u << Log2Entries;
}
