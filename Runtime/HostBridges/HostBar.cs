using Sluice.Runtime.Memory;

namespace Sluice.Runtime.HostBridges;

/// <summary>One base address register of a function as found at assignment. Later decisions rest on this copy, never on what the device says then.</summary>
public struct HostBar
{
    /// <summary>What it is.</summary>
    public BarKind Kind { get; set; }

    /// <summary>Whether its memory has no read side effects and allows merged writes.</summary>
    public bool IsPrefetchable { get; set; }

    /// <summary>Size in bytes: a power of two from 16 on; 0 when there is no memory.</summary>
    public ulong SizeBytes { get; set; }

    /// <summary>Machine address of the memory; 0 as long as it has no place.</summary>
    public MachineAddress MachineAddress { get; set; }

    /// <summary>The same address as PCI sees it: what stands in the register.</summary>
    public ulong PciAddress { get; set; }

    /// <summary>Whether it holds memory (the upper half does not count).</summary>
    public readonly bool IsMemory => Kind is BarKind.Memory32 or BarKind.Memory64 or BarKind.Rom;

    /// <summary>Whether it has memory and a place for it. An expansion ROM for which there was no room has none.</summary>
    public readonly bool IsPlaced => IsMemory && MachineAddress.Value != 0;

    /// <summary>
    /// Whether the page that holds it may hold memory of another owner too, as where firmware has placed it. Such a page is never mapped for a guest: accesses to it trap.
    /// </summary>
    public bool IsPageShared { get; set; }
}
