namespace Sluice.Runtime.Domains;

/// <summary>Whether devices of a domain reach the memory of each other.</summary>
public enum PeerPolicy : byte
{
    /// <summary>They do not: the memory of functions is in the processors' table only.</summary>
    None = 0,

    /// <summary>They do, through the SMMU, by the addresses that the guest's processors use.</summary>
    SameOwner = 1,
}
