namespace Sluice.Simulation.Interrupts;

/// <summary>Which translation service is simulated, and how it misbehaves.</summary>
public sealed record SimulatedItsOptions
{
    /// <summary>Whether it has message interrupts of the machine.</summary>
    public bool Physical { get; init; } = true;

    /// <summary>Bits of a device id.</summary>
    public uint DeviceBits { get; init; } = 16;

    /// <summary>Whether commands name a redistributor by its address.</summary>
    public bool TargetsAreAddresses { get; init; }

    /// <summary>Whether the pages of its tables have 64 KiB, whatever is asked for.</summary>
    public bool LargePages { get; init; }

    /// <summary>Whether it stalls at a command that is wrong, instead of skipping it.</summary>
    public bool Stalls { get; init; } = true;

    /// <summary>Whether it takes one command for each look at its progress, instead of all at once.</summary>
    public bool Lazy { get; init; }
}
