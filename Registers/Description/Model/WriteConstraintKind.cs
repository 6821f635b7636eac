namespace Sluice.Registers.Description;

/// <summary>How a write constraint is said.</summary>
public enum WriteConstraintKind
{
    /// <summary>There is none: every value that fits may be written.</summary>
    None,

    /// <summary>Only what was last read may be written.</summary>
    WriteAsRead,

    /// <summary>Only the named values may be written.</summary>
    EnumeratedValues,

    /// <summary>The value lies between two bounds.</summary>
    Range,
}
