namespace Sluice.Runtime.Smmu;

/// <summary>What the board decides of an SMMU.</summary>
public readonly struct SmmuOptions
{
    /// <summary>How many bits of a stream id may be used; fewer than the SMMU has keep the table small, and streams beyond are refused and reported.</summary>
    public int StreamBits { get; init; }

    /// <summary>
    /// Whether the stream table has two levels where the SMMU knows them: for up to 24 bits of a stream id at 8 bytes for 256 streams, and 16 KiB for each 256 of which one
    /// is reserved. A linear table takes 64 bytes a stream, for up to 16 bits.
    /// </summary>
    public bool TwoLevelStreams { get; init; }

    /// <summary>Whether events and errors raise the wired interrupts.</summary>
    public bool Interrupts { get; init; }

    /// <summary>
    /// Whether the board has seen to it that no device masters its bus while the SMMU is off. Then one is accepted that cannot abort by itself in that state,
    /// because its GBPA keeps nothing (QEMU before 8.1); once it is on, it is never switched off again.
    /// </summary>
    public bool DevicesAreSilent { get; init; }

    /// <summary>How long the SMMU may take for an answer, in microseconds; 0 means 100 ms.</summary>
    public ulong PatienceMicroseconds { get; init; }
}
