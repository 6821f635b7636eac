namespace Sluice.Simulation.HostBridges;

/// <summary>Which NWL bridge.</summary>
public sealed record SimulatedNwlOptions
{
    /// <summary>Messages that its FIFO holds.</summary>
    public int FifoDepth { get; init; } = 32;

    /// <summary>The stream that everything behind it has at the SMMU.</summary>
    public uint Stream { get; init; } = 0x4D0;

    /// <summary>Whether steps of the bring-up in a wrong order are refused. Otherwise any order is as good.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether "message available" comes back as long as the FIFO holds anything. Otherwise it is set once a message.</summary>
    public bool AvailableFollowsLevel { get; init; } = true;
}
