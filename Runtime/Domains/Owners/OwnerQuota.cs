namespace Sluice.Runtime.Domains;

/// <summary>How much an owner can have at most.</summary>
public struct OwnerQuota
{
    /// <summary>Functions.</summary>
    public uint Functions { get; set; }

    /// <summary>Vectors of the MSI controller.</summary>
    public uint Vectors { get; set; }

    /// <summary>Mapped pages of 4 KiB, counted once for its processors and once for its devices.</summary>
    public ulong MappedPages { get; set; }

    /// <summary>Pages of 4 KiB that its translation tables take.</summary>
    public uint Tables { get; set; }

    /// <summary>Steps that one assignment may record.</summary>
    public uint JournalEntries { get; set; }

    /// <summary>As much as there is.</summary>
    public static OwnerQuota Unlimited => new()
    {
        Functions = uint.MaxValue,
        Vectors = uint.MaxValue,
        MappedPages = ulong.MaxValue,
        Tables = uint.MaxValue,
        JournalEntries = uint.MaxValue,
    };
}
