namespace Sluice.Simulation;

/// <summary>Which MMU-500 is simulated, and how it misbehaves.</summary>
public sealed record SimulatedSmmu500Options
{
    /// <summary>Whether it has stage 2.</summary>
    public bool Stage2 { get; init; } = true;

    /// <summary>Whether it matches streams.</summary>
    public bool MatchesStreams { get; init; } = true;

    /// <summary>Whether it says that it snoops the caches; whether it does is the memory's property.</summary>
    public bool Coherent { get; init; }

    /// <summary>Whether its register pages have 64 KiB.</summary>
    public bool LargePages { get; init; }

    /// <summary>Stream entries: at most 48.</summary>
    public uint StreamEntries { get; init; } = 48;

    /// <summary>Context banks: at most 16.</summary>
    public uint ContextBanks { get; init; } = 16;

    /// <summary>The code of its address sizes: 5 is 48 bits.</summary>
    public uint SizeCode { get; init; } = 5;

    /// <summary>How many reads of a status it takes until what was begun is done.</summary>
    public int SyncReads { get; init; }

    /// <summary>Whether its banks fetch ahead whatever they are told.</summary>
    public bool KeepsPrefetching { get; init; }

    /// <summary>
    /// Whether it insists on order: translations are forgotten only when a sync that covers them begins, and what the architecture leaves undefined is noted. Otherwise
    /// it takes its initialisation in any order.
    /// </summary>
    public bool Strict { get; init; }
}
