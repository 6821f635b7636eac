namespace Sluice.Runtime.Smmu;

/// <summary>What the board decides of an SMMU.</summary>
public readonly struct SmmuOptions
{
    /// <summary>How many bits of a stream id may be used; fewer than the SMMU has keep the table small, and streams beyond are refused and reported.</summary>
    public int StreamBits { get; init; }

    /// <summary>Whether events and errors raise the wired interrupts.</summary>
    public bool Interrupts { get; init; }

    /// <summary>How long the SMMU may take for an answer, in microseconds; 0 means 100 ms.</summary>
    public ulong PatienceMicroseconds { get; init; }
}
