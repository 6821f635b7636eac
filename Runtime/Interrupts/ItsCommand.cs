using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Interrupts;

/// <summary>A command of a GICv3 translation service: 32 bytes, of which the last eight are zero here.</summary>
/// <remarks>Source: Arm IHI 0069, section 5.3, ITS commands.</remarks>
public readonly struct ItsCommand
{
    private const ulong Valid = 1UL << 63;

    private ItsCommand(ulong word0, ulong word1, ulong word2)
    {
        Word0 = word0;
        Word1 = word1;
        Word2 = word2;
    }

    /// <summary>Opcode and device.</summary>
    public ulong Word0 { get; }

    /// <summary>Event, interrupt or size.</summary>
    public ulong Word1 { get; }

    /// <summary>Address, collection and validity.</summary>
    public ulong Word2 { get; }

    /// <summary>SYNC: what was commanded before is complete at a redistributor.</summary>
    public static ItsCommand Sync(ulong target) => new(0x05, 0, target);

    /// <summary>MAPD: a device has a table of its events.</summary>
    /// <param name="device">The device id.</param>
    /// <param name="table">The table, a multiple of 256.</param>
    /// <param name="eventBits">log2 of its entries.</param>
    public static ItsCommand MapDevice(uint device, MachineAddress table, int eventBits) => new(0x08 | High(device), (uint)(eventBits - 1), table.Value | Valid);

    /// <summary>MAPD without validity: a device has no events any more.</summary>
    public static ItsCommand UnmapDevice(uint device) => new(0x08 | High(device), 0, 0);

    /// <summary>MAPC: a collection's interrupts go to a redistributor.</summary>
    public static ItsCommand MapCollection(ushort collection, ulong target) => new(0x09, 0, target | collection | Valid);

    /// <summary>MAPTI: an event of a device is an interrupt of a collection.</summary>
    public static ItsCommand MapEvent(uint device, uint number, uint interrupt, ushort collection) => new(0x0A | High(device), number | High(interrupt), collection);

    /// <summary>INV: forget the cached configuration of an event's interrupt.</summary>
    public static ItsCommand Invalidate(uint device, uint number) => new(0x0C | High(device), number, 0);

    /// <summary>INVALL: forget the cached configuration of a collection's interrupts.</summary>
    public static ItsCommand InvalidateAll(ushort collection) => new(0x0D, 0, collection);

    /// <summary>DISCARD: an event means nothing any more, and what is pending of it goes.</summary>
    public static ItsCommand Discard(uint device, uint number) => new(0x0F | High(device), number, 0);

    private static ulong High(uint value) => (ulong)value << 32;
}
