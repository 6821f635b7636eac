namespace Sluice.Runtime.Phy;

/// <summary>Why a lane cannot be what is asked of it.</summary>
public enum LaneProblem : byte
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>There are four lanes, and four clocks.</summary>
    NoSuchLane = 1,

    /// <summary>The PS-GTR does not speak that.</summary>
    NoSuchProtocol = 2,

    /// <summary>The interconnect leads this lane to another instance of the protocol, and to no other.</summary>
    WrongInstance = 3,

    /// <summary>The lane, or the instance of the protocol, is asked for already.</summary>
    LaneTaken = 4,

    /// <summary>The board has no clock there, or says nothing of its frequency.</summary>
    NoClock = 5,

    /// <summary>The PLLs do not take a clock of that frequency.</summary>
    WrongFrequency = 6,

    /// <summary>PCI Express has one, two or four lanes, beginning with lane 0; DisplayPort needs its first.</summary>
    WrongWidth = 7,

    /// <summary>The lane is the hypervisor's, or somebody else's.</summary>
    NotOwned = 8,

    /// <summary>Another owner has a lane of the same controller.</summary>
    ControllerShared = 9,
}
