using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Firmware;

/// <summary>A range of machine addresses.</summary>
/// <param name="start">First address.</param>
/// <param name="length">Bytes; 0 when there is no range.</param>
public readonly struct MachineRange(MachineAddress start, ulong length)
{
    /// <summary>First address.</summary>
    public MachineAddress Start { get; } = start;

    /// <summary>Bytes; 0 when there is no range.</summary>
    public ulong Length { get; } = length;

    /// <summary>Whether both have an address in common.</summary>
    public bool Overlaps(MachineRange other)
        => Length != 0 && other.Length != 0 && Start.Value <= other.Last && other.Start.Value <= Last;

    /// <summary>Whether it ends before the address space does.</summary>
    internal bool IsWithinSpace => Length == 0 || Length - 1 <= ulong.MaxValue - Start.Value;

    private ulong Last => Start.Value + (Length - 1);
}
