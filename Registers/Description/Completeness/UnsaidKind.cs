namespace Sluice.Registers.Description;

/// <summary>What a description can leave unsaid.</summary>
public enum UnsaidKind
{
    /// <summary>A register's access; read-write is assumed.</summary>
    Access,

    /// <summary>A register's value after reset; zero is assumed.</summary>
    Reset,

    /// <summary>Where the facts on a register come from.</summary>
    Source,

    /// <summary>What a write to a field, or to a register without fields, does. Plain storage is assumed, and no source vouches for it.</summary>
    WriteEffect,

    /// <summary>The same, of a field whose name or description is that of a status flag: a plain write to such a one is rare.</summary>
    StatusEffect,

    /// <summary>A fact is said to be in doubt.</summary>
    Doubt,

    /// <summary>A register that none of the block's views mentions, and that is denied for that.</summary>
    View,
}
