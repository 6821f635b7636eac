using System;

namespace Sluice.Registers.Description;

/// <summary>Which accesses to a register move a queue behind it.</summary>
[Flags]
public enum FifoKind
{
    /// <summary>None: the register is no queue.</summary>
    None = 0,

    /// <summary>A read takes the oldest entry out.</summary>
    Pop = 1,

    /// <summary>A write puts an entry in.</summary>
    Push = 2,
}
