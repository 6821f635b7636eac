namespace Sluice.Runtime.Memory;

/// <summary>The size of a leaf with a 4 KiB granule; the value is its level in the table.</summary>
public enum LeafSize : byte
{
    /// <summary>A level-1 block.</summary>
    OneGigabyte = 1,

    /// <summary>A level-2 block.</summary>
    TwoMegabytes = 2,

    /// <summary>A level-3 page.</summary>
    FourKilobytes = 3,
}
