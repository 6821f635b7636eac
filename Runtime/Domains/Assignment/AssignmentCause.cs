namespace Sluice.Runtime.Domains;

/// <summary>Why a step of an assignment, or of its end, was not taken.</summary>
public enum AssignmentCause : byte
{
    /// <summary>Nothing failed.</summary>
    None = 0,

    /// <summary>Nobody, or the hypervisor itself, is no owner of a function.</summary>
    NotAnOwner,

    /// <summary>The owner is being taken down.</summary>
    OwnerDying,

    /// <summary>Somebody owns the function already, be it the same owner.</summary>
    AlreadyOwned,

    /// <summary>Nobody owns the function.</summary>
    NotOwned,

    /// <summary>The function was given up: something that it had could not be taken from it.</summary>
    Broken,

    /// <summary>The function was removed by surprise and has not been admitted again.</summary>
    Removed,

    /// <summary>There is no room for another function of anybody.</summary>
    NoRoom,

    /// <summary>The owner has as much as it can have of what <see cref="AssignmentFailure.Quota"/> names.</summary>
    Quota,

    /// <summary>The host bridge is not ready; its refusal says why.</summary>
    BridgeNotReady,

    /// <summary>There is no such function, or it is none that can be assigned.</summary>
    NotFound,

    /// <summary>There are more functions than the topology has room for, so that nothing is known of groups.</summary>
    TopologyIncomplete,

    /// <summary>A function of the group is another owner's, or was given up; the reason names it and how they are related.</summary>
    Group,

    /// <summary>A function of the group is missing in the request for the whole group; the reason names it.</summary>
    GroupIncomplete,

    /// <summary>The stream of the request is not the one that the board's map gives the function, or the map gives it none.</summary>
    StreamMismatch,

    /// <summary>It is a physical function with virtual functions switched on: whoever has it can take those away.</summary>
    HasVirtualFunctions,

    /// <summary>There is no way to reset it, and the request does not trust the state that it is in.</summary>
    NoReset,

    /// <summary>Only its bus can be reset, and a function on it is in use; <see cref="AssignmentFailure.Other"/> names it.</summary>
    BusInUse,

    /// <summary>The SMMU did not confirm that the stream reaches nothing.</summary>
    QuarantineIncomplete,

    /// <summary>A function still masters the bus after it was told not to; <see cref="AssignmentFailure.Other"/> names it.</summary>
    NotSilent,

    /// <summary>Requests of the function were not answered in time.</summary>
    NotAtRest,

    /// <summary>The function did not come out of its reset.</summary>
    ResetIncomplete,

    /// <summary>There is no place for its memory, or it is not the memory that it had.</summary>
    NoPlace,

    /// <summary>The memory of the function is not where it was put.</summary>
    NotRestored,

    /// <summary>There are no vectors left, or no memory for the guest's table.</summary>
    NoVectors,

    /// <summary>The guest's virtual host bridge has something at that place, or no room.</summary>
    NotPublished,

    /// <summary>The SMMU did not attach the stream.</summary>
    NotAttached,

    /// <summary>It is not certain that the guest's processors do not reach the function's memory any more.</summary>
    UnmapIncomplete,

    /// <summary>The function does not answer any more.</summary>
    Vanished,

    /// <summary>The function is there and answers, so it has not been removed.</summary>
    StillPresent,

    /// <summary>The function says of itself one time this and the other time that.</summary>
    Contradicts,
}
