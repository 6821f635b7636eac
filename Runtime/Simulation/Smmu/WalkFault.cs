namespace Sluice.Simulation;

/// <summary>Why a table walk ended without an address.</summary>
public enum WalkFault
{
    /// <summary>It did not: there is an address.</summary>
    None,

    /// <summary>A descriptor on the way is not valid.</summary>
    Translation,

    /// <summary>The input, a table or the output lies beyond the sizes configured.</summary>
    AddressSize,

    /// <summary>The leaf's access flag is clear.</summary>
    AccessFlag,

    /// <summary>The leaf does not allow the access.</summary>
    Permission,

    /// <summary>A descriptor could not be read.</summary>
    Abort,
}
