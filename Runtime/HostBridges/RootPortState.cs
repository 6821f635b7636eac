namespace Sluice.Runtime.HostBridges;

/// <summary>What a root port passes on, as its header has it.</summary>
internal readonly struct RootPortState
{
    /// <summary>COMMAND.</summary>
    public uint Command { get; init; }

    /// <summary>MEMORY_BASE and MEMORY_LIMIT.</summary>
    public uint Memory { get; init; }

    /// <summary>PREF_MEMORY_BASE and PREF_MEMORY_LIMIT.</summary>
    public uint Prefetchable { get; init; }

    /// <summary>PREF_BASE_UPPER32.</summary>
    public uint PrefetchableBaseUpper { get; init; }

    /// <summary>PREF_LIMIT_UPPER32.</summary>
    public uint PrefetchableLimitUpper { get; init; }
}
