namespace Sluice.Simulation.Hostile;

/// <summary>What a guest's access goes to.</summary>
public enum GuestTarget
{
    /// <summary>The ECAM window of its host bridge, holes included.</summary>
    Config,

    /// <summary>The memory windows of its host bridge: BARs, MSI-X tables, nothing.</summary>
    Memory,

    /// <summary>The frame of its MSI controller.</summary>
    Frame,
}
