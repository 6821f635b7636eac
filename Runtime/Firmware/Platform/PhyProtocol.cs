namespace Sluice.Runtime.Firmware;

/// <summary>What a transceiver lane speaks; the numbers are those of the device-tree binding.</summary>
/// <remarks>Source: Linux, <c>include/dt-bindings/phy/phy.h</c>.</remarks>
public enum PhyProtocol : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>SATA.</summary>
    Sata = 1,

    /// <summary>PCI Express.</summary>
    Pcie = 2,

    /// <summary>USB 2.</summary>
    Usb2 = 3,

    /// <summary>USB 3.</summary>
    Usb3 = 4,

    /// <summary>UFS.</summary>
    Ufs = 5,

    /// <summary>DisplayPort.</summary>
    DisplayPort = 6,

    /// <summary>XPCS.</summary>
    Xpcs = 7,

    /// <summary>SGMII.</summary>
    Sgmii = 8,
}
