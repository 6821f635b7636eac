using System;

namespace Sluice.Registers.Description;

/// <summary>What neither a register nor anything around it says, so that SVD's defaults stand for it.</summary>
[Flags]
public enum UnsaidProperties
{
    /// <summary>All is said.</summary>
    None = 0,

    /// <summary>No access: read-write is assumed.</summary>
    Access = 1,

    /// <summary>No reset value: zero is assumed.</summary>
    Reset = 2,
}
