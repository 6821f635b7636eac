namespace Sluice.Runtime.Traps;

/// <summary>Why a range was not added to an <see cref="AddressMap"/>.</summary>
public enum AddressMapError : byte
{
    /// <summary>It was added.</summary>
    None = 0,

    /// <summary>The range is empty, larger than 4 GiB, wraps around, or reaches above 2^52, where no guest address can be.</summary>
    Malformed = 1,

    /// <summary>It overlaps a range that is there already.</summary>
    Overlap = 2,

    /// <summary>All of the map's entries are taken.</summary>
    Full = 3,
}
