using System;

namespace Sluice.Runtime.Memory;

/// <summary>What may be done with a page.</summary>
[Flags]
public enum PageAccess : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Loads and a device's reads.</summary>
    Read = 1,

    /// <summary>Stores and a device's writes.</summary>
    Write = 2,

    /// <summary>Instruction fetches.</summary>
    Execute = 4,

    /// <summary>Loads and stores.</summary>
    ReadWrite = Read | Write,

    /// <summary>Everything.</summary>
    All = Read | Write | Execute,
}
