namespace Sluice.Runtime.Phy;

/// <summary>What a lane of the PS-GTR is connected with; the numbers are those of its interconnect matrix (ICM_CFG0, ICM_CFG1).</summary>
/// <remarks>Source: UG1087; Linux phy-zynqmp.c.</remarks>
public enum LaneProtocol : byte
{
    /// <summary>Nothing: the lane is off.</summary>
    None = 0,

    /// <summary>PCI Express.</summary>
    Pcie = 1,

    /// <summary>SATA.</summary>
    Sata = 2,

    /// <summary>USB 3.</summary>
    Usb3 = 3,

    /// <summary>DisplayPort.</summary>
    DisplayPort = 4,

    /// <summary>SGMII, of an Ethernet controller.</summary>
    Sgmii = 5,
}
