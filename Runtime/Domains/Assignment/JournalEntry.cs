namespace Sluice.Runtime.Domains;

/// <summary>One step of an assignment.</summary>
public struct JournalEntry
{
    /// <summary>Which step.</summary>
    public AssignmentStep Step { get; set; }

    /// <summary>Whether it was finished. One that was begun is undone as well.</summary>
    public bool IsDone { get; set; }

    /// <summary>What it was about: the stream, the slot, the first vector.</summary>
    public uint Value { get; set; }

    /// <summary>How many: vectors.</summary>
    public uint Count { get; set; }
}
