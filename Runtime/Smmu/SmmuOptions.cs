namespace Sluice.Runtime.Smmu;

/// <summary>What the board decides of an SMMU.</summary>
public readonly struct SmmuOptions
{
    /// <summary>How many bits of a stream id may be used; fewer than the SMMU has keep the table small, and streams beyond are refused and reported.</summary>
    public int StreamBits { get; init; }

    /// <summary>Whether events and errors raise the wired interrupts.</summary>
    public bool Interrupts { get; init; }

    /// <summary>
    /// Whether an SMMU is taken that cannot abort while it is off, because it has no GBPA.ABORT (QEMU's before 8.0). Until such a one is on, only the board keeps
    /// devices off the bus; so it is never switched off again.
    /// </summary>
    public bool AllowBypassWhileOff { get; init; }

    /// <summary>How long the SMMU may take for an answer, in microseconds; 0 means 100 ms.</summary>
    public ulong PatienceMicroseconds { get; init; }
}
