using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Domains;

/// <summary>What failed in the last assignment or release: the step, why, at which function and register. A value: who may use strings makes a sentence of it.</summary>
public struct AssignmentFailure
{
    /// <summary>The step; none when nothing failed.</summary>
    public AssignmentStep Step { get; set; }

    /// <summary>Why.</summary>
    public AssignmentCause Cause { get; set; }

    /// <summary>The function that was to be assigned or released.</summary>
    public RequesterId Function { get; set; }

    /// <summary>Another function that stands in the way, where one does; otherwise the same.</summary>
    public RequesterId Other { get; set; }

    /// <summary>Why the two are together, where their group is the cause.</summary>
    public IsolationReason Reason { get; set; }

    /// <summary>Byte offset in config space of the register that did not show what it should; 0 where no register is the cause.</summary>
    public uint Register { get; set; }

    /// <summary>What that register showed; for a stream, its number.</summary>
    public uint Value { get; set; }

    /// <summary>What the owner has too little of, where a quota is the cause.</summary>
    public QuotaKind Quota { get; set; }

    /// <summary>Whether the function was given up: quarantined for good.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether nothing failed.</summary>
    public readonly bool IsNone => Step == AssignmentStep.None;
}
