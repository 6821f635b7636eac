namespace Sluice.Runtime.Smmu;

/// <summary>What the board decides of an SMMUv2.</summary>
public readonly struct SmmuV2Options
{
    /// <summary>Bits of a stream id that no entry looks at: what a device tree calls <c>stream-match-mask</c>.</summary>
    public ushort IgnoredStreamBits { get; init; }

    /// <summary>Whether faults raise interrupts.</summary>
    public bool Interrupts { get; init; }

    /// <summary>Whether the board may let streams pass untranslated. Without it nothing ever does.</summary>
    public bool MayBypass { get; init; }

    /// <summary>After so many faults the interrupt of a context bank is held back until it is allowed again; 0 means 64.</summary>
    public uint MostReports { get; init; }

    /// <summary>How long the SMMU may take for an answer, in microseconds; 0 means 100 ms.</summary>
    public ulong PatienceMicroseconds { get; init; }
}
