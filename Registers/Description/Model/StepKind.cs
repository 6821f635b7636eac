namespace Sluice.Registers.Description;

/// <summary>What a step of a sequence does.</summary>
public enum StepKind
{
    /// <summary>Writes all bits of a register.</summary>
    Write,

    /// <summary>Reads a register, changes fields, writes it.</summary>
    Modify,

    /// <summary>Reads a register until bits have a value, for a bounded time.</summary>
    Poll,

    /// <summary>Lets time pass.</summary>
    Delay,

    /// <summary>Reads a register, or a field of it, and keeps the number under a name.</summary>
    Read,

    /// <summary>Does steps if bits have a value, and others if they have not.</summary>
    If,

    /// <summary>Does the steps of another sequence.</summary>
    Call,
}
