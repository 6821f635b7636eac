namespace Sluice.Runtime.HostBridges;

/// <summary>What a board decides about a soft AXI-PCIe bridge.</summary>
public struct AxiPcieSettings
{
    /// <summary>Who brings it up.</summary>
    public BringUpPolicy Policy { get; set; }

    /// <summary>Where config space is; the bridge's own registers are in that of its root port.</summary>
    public EcamWindow Config { get; set; }
}
