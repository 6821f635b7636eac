using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Domains;

/// <summary>A change of memory of a function that is made in steps.</summary>
internal struct PendingBar
{
    /// <summary>Whether there is one.</summary>
    public bool IsActive;

    /// <summary>Whether it maps; otherwise it takes away.</summary>
    public bool Maps;

    /// <summary>The domain's first address.</summary>
    public ulong Start;

    /// <summary>The machine's first address.</summary>
    public MachineAddress Machine;

    /// <summary>Length in bytes.</summary>
    public ulong Bytes;

    /// <summary>How much of it is mapped, counted from the start; when taking away, what is left is at the start.</summary>
    public ulong Mapped;

    /// <summary>What may be done there.</summary>
    public PageAttributes Attributes;

    /// <summary>What the caller is told in the end.</summary>
    public DomainResult Result;
}
