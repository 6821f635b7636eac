namespace Sluice.Runtime.Firmware;

/// <summary>The first cell of a PCI address in a device tree (IEEE 1275 PCI binding, phys.hi).</summary>
public enum PciSpace : uint
{
    /// <summary>I/O ports.</summary>
    Io = 0x0100_0000,

    /// <summary>32-bit memory.</summary>
    Memory32 = 0x0200_0000,

    /// <summary>64-bit memory.</summary>
    Memory64 = 0x0300_0000,

    /// <summary>64-bit prefetchable memory.</summary>
    PrefetchableMemory64 = 0x4300_0000,
}
