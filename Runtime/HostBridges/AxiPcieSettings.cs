namespace Sluice.Runtime.HostBridges;

/// <summary>What a board decides about a soft AXI-PCIe bridge.</summary>
public struct AxiPcieSettings
{
    /// <summary>Who brings it up.</summary>
    public BringUpPolicy Policy { get; set; }

    /// <summary>Where config space is; the bridge's own registers are in that of its root port.</summary>
    public EcamWindow Config { get; set; }

    /// <summary>What the root port passes on to the link. With <see cref="BringUpPolicy.Hypervisor"/> it is opened; whoever brought the bridge up, all of it must be open before anything behind it is assigned.</summary>
    public PortWindows Windows { get; set; }
}
