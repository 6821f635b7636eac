namespace Sluice.Runtime.Firmware;

/// <summary>A row of a host bridge's <c>ranges</c>: where the guest reaches a piece of PCI address space.</summary>
/// <param name="space">Which space.</param>
/// <param name="pciAddress">First PCI address.</param>
/// <param name="guest">Where the guest reaches it.</param>
public readonly struct PciWindow(PciSpace space, ulong pciAddress, GuestRange guest)
{
    /// <summary>Which space.</summary>
    public PciSpace Space { get; } = space;

    /// <summary>First PCI address.</summary>
    public ulong PciAddress { get; } = pciAddress;

    /// <summary>Where the guest reaches it.</summary>
    public GuestRange Guest { get; } = guest;
}
