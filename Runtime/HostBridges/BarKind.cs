namespace Sluice.Runtime.HostBridges;

/// <summary>What a base address register turned out to be.</summary>
public enum BarKind : byte
{
    /// <summary>Nothing, or something whose answers contradict themselves: never mapped, never shown.</summary>
    Absent = 0,

    /// <summary>Memory below 4 GiB.</summary>
    Memory32 = 1,

    /// <summary>Memory anywhere; the next register holds the upper half.</summary>
    Memory64 = 2,

    /// <summary>The upper half of the 64-bit register before it.</summary>
    UpperHalf = 3,

    /// <summary>I/O space, which Arm processors have not.</summary>
    Io = 4,

    /// <summary>The expansion ROM: memory below 4 GiB that is only read, behind a register of its own with an enable bit.</summary>
    Rom = 5,
}
