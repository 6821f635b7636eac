namespace Sluice.Runtime.Firmware;

/// <summary>The host bridges that the platform reader knows, by their <c>compatible</c>.</summary>
public enum HostBridgeKind : byte
{
    /// <summary><c>pci-host-ecam-generic</c>: config space by ECAM, nothing to drive.</summary>
    Ecam,

    /// <summary><c>xlnx,nwl-pcie-2.11</c>: the hard block of the ZynqMP.</summary>
    Nwl,

    /// <summary><c>xlnx,axi-pcie-host-1.00.a</c>: the soft block.</summary>
    XilinxAxi,
}
