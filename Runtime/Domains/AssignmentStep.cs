namespace Sluice.Runtime.Domains;

/// <summary>The steps of an assignment in their order. What has been done is undone in the opposite order.</summary>
public enum AssignmentStep : byte
{
    /// <summary>Nothing has been done.</summary>
    None = 0,

    /// <summary>The request itself: the function is free, its owner somebody, and the MSI controller can keep the owner from all others.</summary>
    Check = 1,

    /// <summary>The function's DMA aborts.</summary>
    Quarantine = 2,

    /// <summary>The function was found and silenced.</summary>
    Probe = 3,

    /// <summary>The function has been reset, where it can be.</summary>
    Reset = 4,

    /// <summary>The function's memory has its places on the machine.</summary>
    Place = 5,

    /// <summary>The function has its vectors.</summary>
    Vectors = 6,

    /// <summary>The guest's virtual host bridge has it.</summary>
    Publish = 7,

    /// <summary>The function's DMA reaches the guest's memory.</summary>
    Attach = 8,

    /// <summary>The owner is written down. Nothing can fail after this.</summary>
    Commit = 9,

    /// <summary>Before all others but the check of the request: the host bridge's own checklist passes.</summary>
    Bridge = 10,
}
