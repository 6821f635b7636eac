using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>An owner of functions, what it may have and what it has.</summary>
public struct Owner
{
    /// <summary>Who it is.</summary>
    public OwnerId Id { get; set; }

    /// <summary>Whether it can be given anything.</summary>
    public OwnerState State { get; set; }

    /// <summary>How much it can have.</summary>
    public OwnerQuota Quota { get; set; }

    /// <summary>Functions that it has.</summary>
    public uint Functions { get; set; }

    /// <summary>Vectors that it has, those of its functions that were given up included.</summary>
    public uint Vectors { get; set; }
}
