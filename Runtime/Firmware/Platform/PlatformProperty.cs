using System;

namespace Sluice.Runtime.Firmware;

/// <summary>The properties that a platform is read from; what a problem names.</summary>
public enum PlatformProperty : byte
{
    /// <summary>None in particular: the node itself.</summary>
    None,

    /// <summary><c>compatible</c>.</summary>
    Compatible,

    /// <summary><c>reg</c>.</summary>
    Reg,

    /// <summary><c>reg-names</c>.</summary>
    RegNames,

    /// <summary><c>#address-cells</c>.</summary>
    AddressCells,

    /// <summary><c>#size-cells</c>.</summary>
    SizeCells,

    /// <summary><c>ranges</c>.</summary>
    Ranges,

    /// <summary><c>bus-range</c>.</summary>
    BusRange,

    /// <summary><c>iommus</c>.</summary>
    Iommus,

    /// <summary><c>iommu-map</c>.</summary>
    IommuMap,

    /// <summary><c>iommu-map-mask</c>.</summary>
    IommuMapMask,

    /// <summary><c>#iommu-cells</c>.</summary>
    IommuCells,

    /// <summary><c>msi-parent</c>.</summary>
    MsiParent,

    /// <summary><c>msi-map</c>.</summary>
    MsiMap,

    /// <summary><c>msi-map-mask</c>.</summary>
    MsiMapMask,

    /// <summary><c>msi-controller</c>.</summary>
    MsiController,

    /// <summary><c>phys</c>.</summary>
    Phys,

    /// <summary><c>#phy-cells</c>.</summary>
    PhyCells,

    /// <summary><c>interrupts</c>.</summary>
    Interrupts,

    /// <summary><c>interrupt-names</c>.</summary>
    InterruptNames,

    /// <summary><c>interrupt-parent</c>.</summary>
    InterruptParent,

    /// <summary><c>interrupt-map</c>.</summary>
    InterruptMap,

    /// <summary><c>#interrupt-cells</c>.</summary>
    InterruptCells,

    /// <summary><c>phandle</c>.</summary>
    Handle,
}

/// <summary>The names of the properties in a tree.</summary>
public static class PlatformPropertyNames
{
    /// <summary>A property's name, in UTF-8; empty for none.</summary>
    public static ReadOnlySpan<byte> NameOf(PlatformProperty property) => property switch
    {
        PlatformProperty.Compatible => "compatible"u8,
        PlatformProperty.Reg => "reg"u8,
        PlatformProperty.RegNames => "reg-names"u8,
        PlatformProperty.AddressCells => "#address-cells"u8,
        PlatformProperty.SizeCells => "#size-cells"u8,
        PlatformProperty.Ranges => "ranges"u8,
        PlatformProperty.BusRange => "bus-range"u8,
        PlatformProperty.Iommus => "iommus"u8,
        PlatformProperty.IommuMap => "iommu-map"u8,
        PlatformProperty.IommuMapMask => "iommu-map-mask"u8,
        PlatformProperty.IommuCells => "#iommu-cells"u8,
        PlatformProperty.MsiParent => "msi-parent"u8,
        PlatformProperty.MsiMap => "msi-map"u8,
        PlatformProperty.MsiMapMask => "msi-map-mask"u8,
        PlatformProperty.MsiController => "msi-controller"u8,
        PlatformProperty.Phys => "phys"u8,
        PlatformProperty.PhyCells => "#phy-cells"u8,
        PlatformProperty.Interrupts => "interrupts"u8,
        PlatformProperty.InterruptNames => "interrupt-names"u8,
        PlatformProperty.InterruptParent => "interrupt-parent"u8,
        PlatformProperty.InterruptMap => "interrupt-map"u8,
        PlatformProperty.InterruptCells => "#interrupt-cells"u8,
        PlatformProperty.Handle => "phandle"u8,
        _ => default,
    };
}
