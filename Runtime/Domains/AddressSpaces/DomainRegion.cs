using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Domains;

/// <summary>A range of a domain's addresses.</summary>
public struct DomainRegion
{
    /// <summary>What is there.</summary>
    public RegionKind Kind { get; set; }

    /// <summary>The domain's first address in bytes, a multiple of 4 KiB.</summary>
    public ulong Start { get; set; }

    /// <summary>Length in bytes, a multiple of 4 KiB.</summary>
    public ulong Bytes { get; set; }

    /// <summary>The machine's first address, where something is mapped.</summary>
    public MachineAddress Machine { get; set; }

    /// <summary>Whether it was taken away, and it is not certain that nobody reaches it any more: what is there can be nobody else's.</summary>
    public bool IsLost { get; set; }

    /// <summary>Whether any of it is in another range. Neither wraps around.</summary>
    /// <param name="start">First address of the other range.</param>
    /// <param name="bytes">Its length in bytes; not 0.</param>
    public readonly bool Meets(ulong start, ulong bytes) => start < Start + Bytes && Start < start + bytes;

    /// <summary>Whether any of the machine's memory in it is in another range of the machine. Neither wraps around.</summary>
    /// <param name="machine">First machine address of the other range.</param>
    /// <param name="bytes">Its length in bytes; not 0.</param>
    public readonly bool MeetsMachine(MachineAddress machine, ulong bytes) => machine.Value < Machine.Value + Bytes && Machine.Value < machine.Value + bytes;

    /// <summary>Whether all of another range is in it.</summary>
    /// <param name="start">First address of the other range.</param>
    /// <param name="bytes">Its length in bytes; not 0.</param>
    public readonly bool Holds(ulong start, ulong bytes) => start >= Start && start - Start < Bytes && bytes <= Bytes - (start - Start);
}
