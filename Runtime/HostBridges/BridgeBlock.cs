namespace Sluice.Runtime.HostBridges;

/// <summary>In which block of registers a bridge, the transceivers of its link, its controller of messages or what surrounds its SMMU were found to be unfit.</summary>
public enum BridgeBlock : byte
{
    /// <summary>In none: the bridge is fit.</summary>
    None = 0,

    /// <summary>The registers of the NWL bridge (NWL_BRIDGE).</summary>
    NwlBridge = 1,

    /// <summary>The attributes of the NWL bridge's PCI Express core (NWL_ATTRIBUTES).</summary>
    NwlAttributes = 2,

    /// <summary>The registers of the soft AXI-PCIe bridge (AXI_PCIE).</summary>
    AxiPcie = 3,

    /// <summary>Config space of the root port (PCI_BRIDGE_HEADER).</summary>
    RootPort = 4,

    /// <summary>No register: the windows that the board gave make no sense; the value is the low half of an address.</summary>
    Settings = 5,

    /// <summary>The transceivers (PS_GTR).</summary>
    PsGtr = 6,

    /// <summary>The serial I/O unit (SIOU).</summary>
    Siou = 7,

    /// <summary>Clocks and resets of the full-power domain (CRF_APB).</summary>
    CrfApb = 8,

    /// <summary>Clocks and resets of the low-power domain (CRL_APB).</summary>
    CrlApb = 9,

    /// <summary>The SATA controller's vendor registers (SATA_AHCI_VENDOR).</summary>
    SataVendor = 10,

    /// <summary>The DisplayPort controller's PHY registers (DISPLAY_PORT).</summary>
    DisplayPort = 11,

    /// <summary>The registers around a USB 3 controller (USB3_REGS).</summary>
    UsbGlue = 12,

    /// <summary>The system-level control registers (IOU_SLCR).</summary>
    IouSlcr = 13,

    /// <summary>No register: the lanes that the board gave make no sense, or there are none; the value is the problem with them.</summary>
    LanePlan = 14,

    /// <summary>A GICv2m frame (GICV2M): the interrupts that it says it has are no shared peripheral interrupts.</summary>
    GicV2m = 15,

    /// <summary>The registers around the SMMU of the ZynqMP (SMMU_REG).</summary>
    SmmuReg = 16,
}
