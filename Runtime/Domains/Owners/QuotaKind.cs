namespace Sluice.Runtime.Domains;

/// <summary>What an owner can only have so much of.</summary>
public enum QuotaKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Functions.</summary>
    Functions = 1,

    /// <summary>Vectors of MSI controllers.</summary>
    Vectors = 2,

    /// <summary>Pages of 4 KiB that are mapped for its processors or devices.</summary>
    MappedPages = 3,

    /// <summary>Pages of 4 KiB that its translation tables take.</summary>
    Tables = 4,

    /// <summary>Steps of one assignment that are kept so that they can be undone.</summary>
    JournalEntries = 5,

    /// <summary>Owners at a time.</summary>
    Owners = 6,
}
