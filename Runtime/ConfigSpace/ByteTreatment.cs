namespace Sluice.Runtime.ConfigSpace;

/// <summary>What becomes of an access to one byte of a guest's config space, in one direction.</summary>
public enum ByteTreatment : byte
{
    /// <summary>Not there: a read gives ones, a write is dropped, both are counted.</summary>
    Denied = 0,

    /// <summary>A read gives a value that no access changes; a write is dropped.</summary>
    Constant = 1,

    /// <summary>It is the guest's storage, and nothing follows from it.</summary>
    Stored = 2,

    /// <summary>The core answers a read, or acts on a write: what reaches the hardware of it is sanitized, and what comes from it is what the guest may know.</summary>
    Mediated = 3,
}
