namespace Sluice.Runtime.Memory;

/// <summary>A range of the machine's physical addresses.</summary>
/// <param name="start">First address.</param>
/// <param name="bytes">Length in bytes; 0 for none.</param>
public readonly struct MachineRange(MachineAddress start, ulong bytes)
{
    /// <summary>First address.</summary>
    public MachineAddress Start { get; } = start;

    /// <summary>Length in bytes.</summary>
    public ulong Bytes { get; } = bytes;

    /// <summary>Whether any byte is in both ranges. A range that would pass the end of the address space ends there.</summary>
    public bool Overlaps(MachineRange other)
        => Bytes != 0 && other.Bytes != 0 && Start.Value <= other.Last && other.Start.Value <= Last;

    private ulong Last => Bytes - 1 > ulong.MaxValue - Start.Value ? ulong.MaxValue : Start.Value + Bytes - 1;
}
