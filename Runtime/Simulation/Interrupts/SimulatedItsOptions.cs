namespace Sluice.Simulation.Interrupts;

/// <summary>Which translation service is simulated, and how it misbehaves.</summary>
public sealed record SimulatedItsOptions
{
    /// <summary>Whether it has message interrupts of the machine.</summary>
    public bool Physical { get; init; } = true;

    /// <summary>Bits of a device id.</summary>
    public uint DeviceBits { get; init; } = 16;

    /// <summary>The version of the architecture that it says it has.</summary>
    public uint Architecture { get; init; } = 3;

    /// <summary>Whether it has a table of devices in memory; otherwise it keeps them itself.</summary>
    public bool HasDeviceTable { get; init; } = true;

    /// <summary>Whether it has a table of collections in memory.</summary>
    public bool HasCollectionTable { get; init; } = true;

    /// <summary>How many collections it keeps itself.</summary>
    public uint OwnCollections { get; init; }

    /// <summary>Whether it can be told to snoop.</summary>
    public bool Snoops { get; init; } = true;

    /// <summary>Whether commands name a redistributor by its address.</summary>
    public bool TargetsAreAddresses { get; init; }

    /// <summary>Whether the pages of its tables have 64 KiB, whatever is asked for.</summary>
    public bool LargePages { get; init; }

    /// <summary>Whether it stalls at a command that is wrong, instead of skipping it.</summary>
    public bool Stalls { get; init; } = true;

    /// <summary>Whether it takes one command for each look at its progress, instead of all at once.</summary>
    public bool Lazy { get; init; }
}
