namespace Sluice.Runtime.Memory;

/// <summary>What became of a change to a page table. Unless it says otherwise, an error has changed nothing that a walker could tell.</summary>
public enum MappingResult : byte
{
    /// <summary>Done, and no translation that it replaced is in use any more.</summary>
    Done,

    /// <summary>An address or the length is not a multiple of 4 KiB, or the length is 0.</summary>
    Misaligned,

    /// <summary>The range leaves the table's input or output addresses.</summary>
    OutOfRange,

    /// <summary>Part of the range is mapped already.</summary>
    Overlap,

    /// <summary>Part of the range is not mapped.</summary>
    NotMapped,

    /// <summary>This translation stage cannot express the attributes.</summary>
    Unsupported,

    /// <summary>No page is left for a table.</summary>
    OutOfTables,

    /// <summary>
    /// The tables are changed but it is not known whether old translations are still in use. What was mapped there must not be given to anybody else, and the
    /// tables that were taken out are kept.
    /// </summary>
    InvalidationIncomplete,
}
