namespace Sluice.Runtime.Smmu;

/// <summary>What an entry of an SMMUv2 does with the streams that it matches, as the driver knows it.</summary>
internal struct StreamEntry
{
    /// <summary>The streams.</summary>
    internal StreamMatch Match;

    /// <summary>The context bank that translates them.</summary>
    internal byte Bank;

    /// <summary>Whether they pass untranslated, because the board said so.</summary>
    internal bool Bypasses;

    /// <summary>How often somebody attached some of them; none for an entry that is free.</summary>
    internal uint Users;
}
