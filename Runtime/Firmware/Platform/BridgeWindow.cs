using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Firmware;

/// <summary>A row of a host bridge's <c>ranges</c>.</summary>
/// <param name="space">Which space; without the prefetchable bit.</param>
/// <param name="isPrefetchable">Whether what lies there may be prefetched.</param>
/// <param name="pciAddress">First PCI address.</param>
/// <param name="machine">Where the processor reaches it.</param>
public readonly struct BridgeWindow(PciSpace space, bool isPrefetchable, ulong pciAddress, MachineRange machine)
{
    /// <summary>Which space; without the prefetchable bit.</summary>
    public PciSpace Space { get; } = space;

    /// <summary>Whether what lies there may be prefetched.</summary>
    public bool IsPrefetchable { get; } = isPrefetchable;

    /// <summary>First PCI address.</summary>
    public ulong PciAddress { get; } = pciAddress;

    /// <summary>Where the processor reaches it.</summary>
    public MachineRange Machine { get; } = machine;
}
