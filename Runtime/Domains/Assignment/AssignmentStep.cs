namespace Sluice.Runtime.Domains;

/// <summary>The steps of an assignment and of its end. What an assignment has done is undone in the opposite order.</summary>
public enum AssignmentStep : byte
{
    /// <summary>Nothing has been done.</summary>
    None = 0,

    /// <summary>The request itself: the function is free, its owner somebody who may have more, and nobody else has any of its group. The hardware is not touched.</summary>
    Check = 1,

    /// <summary>The function's DMA aborts.</summary>
    Quarantine = 2,

    /// <summary>The function was found and silenced.</summary>
    Probe = 3,

    /// <summary>The function has been reset.</summary>
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

    /// <summary>The other functions of the group, which nobody owns, neither decode nor master.</summary>
    Silence = 11,

    /// <summary>At the end of an assignment, first: the function does not master the bus any more.</summary>
    Stop = 12,

    /// <summary>The function's own requests are answered.</summary>
    Drain = 13,

    /// <summary>The function's messages are off and masked, and its vectors are nobody's.</summary>
    Interrupts = 14,

    /// <summary>The guest's processors do not reach the function's memory any more.</summary>
    Unmap = 15,

    /// <summary>After the reset, the function's memory has its places again.</summary>
    Restore = 16,
}
