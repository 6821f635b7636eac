namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>How often the guest was left, by reason.</summary>
internal struct ExitCounters
{
    /// <summary>Loads and stores that a block answered.</summary>
    public ulong Accesses;

    /// <summary>Of those, the ones that the block denied, in part or in whole.</summary>
    public ulong Denied;

    /// <summary>Loads, stores and fetches where nothing is, answered by an abort.</summary>
    public ulong Aborted;

    /// <summary>Reads of identification registers.</summary>
    public ulong FeatureReads;

    /// <summary>Instructions that do not exist for the guest.</summary>
    public ulong Undefined;

    /// <summary>PSCI and other calls.</summary>
    public ulong Calls;

    /// <summary>Physical interrupts.</summary>
    public ulong Interrupts;

    /// <summary>Maintenance interrupts of the virtual CPU interface.</summary>
    public ulong Maintenance;

    /// <summary>Interrupts that nobody owns, switched off when they came.</summary>
    public ulong Unowned;
}
