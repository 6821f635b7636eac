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
}
