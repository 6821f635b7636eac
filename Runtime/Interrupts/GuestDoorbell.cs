using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>The doorbell of a guest's virtual GICv2m frame: which of the guest's messages mean which of its interrupts.</summary>
/// <remarks>Nothing is at the address; a message is resolved when the guest unmasks its vector, and only the interrupt number is kept.</remarks>
public readonly struct GuestDoorbell
{
    /// <summary>Makes a doorbell.</summary>
    /// <param name="address">Guest address of the frame's set-SPI register.</param>
    /// <param name="firstInterrupt">The guest's first interrupt number for messages: from 32 on.</param>
    /// <param name="count">How many follow one another.</param>
    public GuestDoorbell(ulong address, uint firstInterrupt, uint count)
    {
        Address = address;
        FirstInterrupt = firstInterrupt;
        Count = count;
    }

    /// <summary>Guest address of the frame's set-SPI register.</summary>
    public ulong Address { get; }

    /// <summary>The guest's first interrupt number for messages.</summary>
    public uint FirstInterrupt { get; }

    /// <summary>How many follow one another.</summary>
    public uint Count { get; }

    /// <summary>The guest's interrupt that a message of the guest means.</summary>
    /// <param name="address">Where the guest wants it written.</param>
    /// <param name="data">What the guest wants written.</param>
    /// <param name="interrupt">The guest's interrupt number; 0 when the message means none.</param>
    /// <returns>Whether the message means an interrupt that the guest owns.</returns>
    [Sanitizes]
    public bool TryResolve(GuestAddress address, GuestValue data, out uint interrupt)
    {
        bool rings = data.TryRange(FirstInterrupt, (ulong)FirstInterrupt + Count - 1, out ulong number) && Count != 0;
        rings &= address.TryWithin(Address, sizeof(uint), sizeof(uint), out _);
        interrupt = rings ? (uint)number : 0;
        return rings;
    }
}
