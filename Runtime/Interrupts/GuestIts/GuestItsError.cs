namespace Sluice.Runtime.Interrupts;

/// <summary>
/// Why a guest's command was not done. The values are the architecture's: bits 15:8 are the command, bits 7:0 what was wrong with it.
/// </summary>
/// <remarks>Source: Arm IHI 0069, section 5.3 (error conditions of each command); Linux include/linux/irqchip/arm-gic-v3.h.</remarks>
public enum GuestItsError : uint
{
    /// <summary>It was done.</summary>
    None = 0,

    /// <summary>MOVI of an event that is not mapped.</summary>
    MoveUnmappedInterrupt = 0x01_0107,

    /// <summary>MOVI to a collection that is not mapped.</summary>
    MoveUnmappedCollection = 0x01_0109,

    /// <summary>INT of an event that is not mapped.</summary>
    InterruptUnmappedInterrupt = 0x01_0307,

    /// <summary>CLEAR of an event that is not mapped.</summary>
    ClearUnmappedInterrupt = 0x01_0507,

    /// <summary>MAPD of a device id that cannot be, or of more devices than the guest may have.</summary>
    MapDeviceOutOfRange = 0x01_0801,

    /// <summary>MAPD of more events than a device can have, or than are left for the guest.</summary>
    MapDeviceSizeOutOfRange = 0x01_0802,

    /// <summary>MAPC to a processor that the guest has not.</summary>
    MapCollectionTargetOutOfRange = 0x01_0902,

    /// <summary>MAPC, MAPTI or MAPI of a collection that cannot be.</summary>
    MapCollectionOutOfRange = 0x01_0903,

    /// <summary>MAPTI or MAPI for a device that is not mapped.</summary>
    MapEventUnmappedDevice = 0x01_0A04,

    /// <summary>MAPTI or MAPI of an event that the device has not.</summary>
    MapEventOutOfRange = 0x01_0A05,

    /// <summary>MAPTI or MAPI to a number that is no message interrupt of the guest's.</summary>
    MapInterruptOutOfRange = 0x01_0A06,

    /// <summary>INV of an event that is not mapped.</summary>
    InvalidateUnmappedInterrupt = 0x01_0C07,

    /// <summary>INVALL of a collection that is not mapped.</summary>
    InvalidateUnmappedCollection = 0x01_0D09,

    /// <summary>MOVALL between processors that the guest has not.</summary>
    MoveAllTargetOutOfRange = 0x01_0E01,

    /// <summary>DISCARD of an event that is not mapped.</summary>
    DiscardUnmappedInterrupt = 0x01_0F07,

    /// <summary>A command that there is not. Our own value.</summary>
    UnknownCommand = 0x0200_0000,

    /// <summary>The queue is not in the guest's RAM. Our own value.</summary>
    QueueOutOfReach = 0x0200_0001,
}
