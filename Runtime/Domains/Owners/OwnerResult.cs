namespace Sluice.Runtime.Domains;

/// <summary>What became of a change to the owners.</summary>
public enum OwnerResult : byte
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Nobody and the hypervisor are no owners.</summary>
    NotAnOwner = 1,

    /// <summary>There is such an owner already.</summary>
    Exists = 2,

    /// <summary>There is no room for another owner.</summary>
    Full = 3,

    /// <summary>There is no such owner.</summary>
    Unknown = 4,

    /// <summary>It is not dying.</summary>
    Alive = 5,

    /// <summary>It still has functions, or one of its functions was given up and may still use what was its.</summary>
    HasFunctions = 6,

    /// <summary>It still has vectors.</summary>
    HasVectors = 7,

    /// <summary>It still has mapped pages.</summary>
    HasMappedPages = 8,
}
