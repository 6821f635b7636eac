namespace Sluice.Runtime.Domains;

/// <summary>What became of a change to a domain's addresses. Unless it says otherwise, an error has changed nothing.</summary>
public enum DomainResult : byte
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>An address or length is no multiple of 4 KiB, or the length is 0.</summary>
    Misaligned,

    /// <summary>The range leaves the domain's addresses.</summary>
    OutOfRange,

    /// <summary>Something is there already; <see cref="DomainMemory{TProcessors, TDevices}.Conflict"/> says what.</summary>
    Overlap,

    /// <summary>The domain's addresses are the machine's, and these two differ.</summary>
    NotIdentity,

    /// <summary>The range is not in one of the PCI windows.</summary>
    OutsideWindow,

    /// <summary>There is no room for another range.</summary>
    Full,

    /// <summary>The owner has as much as it can have of what <see cref="DomainMemory{TProcessors, TDevices}.ExhaustedQuota"/> names.</summary>
    Quota,

    /// <summary>A table refused; <see cref="DomainMemory{TProcessors, TDevices}.TableResult"/> says why.</summary>
    TableRefused,

    /// <summary>Processors and devices walk one table, so that what only one of them may reach cannot be mapped.</summary>
    OneTable,

    /// <summary>There is no such range.</summary>
    NotFound,

    /// <summary>
    /// The range was taken out, but it is not certain that nobody reaches it any more. What was there must not be given to anybody else.
    /// </summary>
    Incomplete,

    /// <summary>A change of memory of a function is under way; it is to be brought to its end first.</summary>
    Busy,

    /// <summary>The change that is under way goes on at the next call.</summary>
    Pending,
}
