namespace Sluice.Runtime.HostBridges;

/// <summary>In which block of registers a bridge was found to be unfit.</summary>
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
}
