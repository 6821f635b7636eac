namespace Sluice.Runtime.Domains;

/// <summary>What is at a range of a domain's addresses.</summary>
public enum RegionKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A bank of RAM: processors and devices reach it.</summary>
    Ram = 1,

    /// <summary>A window in which the guest places the memory of its PCI functions. Nothing is mapped but what it places.</summary>
    PciWindow = 2,

    /// <summary>Registers of the machine that are the guest's: its processors reach them, its devices do not.</summary>
    DevicePages = 3,

    /// <summary>The doorbell of an MSI controller: the guest's devices reach it, its processors do not.</summary>
    Doorbell = 4,

    /// <summary>An address at which a host bridge takes its functions' messages before the SMMU sees them. Nothing may be there.</summary>
    CapturedDoorbell = 5,

    /// <summary>A range that traps: a controller that exists only as a table. Nothing is mapped.</summary>
    Emulated = 6,
}
