namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>What the hardware domain may do with a function's config space.</summary>
public enum DomainAccess : byte
{
    /// <summary>Everything that harms nobody else: it drives the function itself.</summary>
    Full = 0,

    /// <summary>Look at it: somebody else owns the function, and the domain may know that it is there.</summary>
    ReadOnly = 1,

    /// <summary>Nothing: for the domain there is no such function.</summary>
    Hidden = 2,
}
