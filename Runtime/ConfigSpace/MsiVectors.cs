using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// A guest's MSI: what it has enabled and masked, what its messages mean, what is pending. Masks and pending bits are there whether the hardware has any or not. The
/// guest's address and data are only ever resolved at the guest's own controller; what the hardware gets is the host's message.
/// </summary>
internal struct MsiVectors
{
    private readonly RequesterId _place;
    private Meanings _meanings;
    private uint _guestMask;
    private uint _hostMask;
    private uint _pending;

    /// <summary>Begins disabled, with nothing masked and nothing pending.</summary>
    /// <param name="place">Where the guest sees the function: who sends its messages.</param>
    /// <param name="first">The host's message of the first vector.</param>
    /// <param name="capable">How many messages the guest may use: a power of two; 0 hides MSI.</param>
    public MsiVectors(RequesterId place, MsiMessage first, uint capable)
    {
        _place = place;
        First = first;
        Capable = capable;
    }

    /// <summary>The host's message of the first vector.</summary>
    public MsiMessage First { get; }

    /// <summary>How many messages the guest may use: a power of two; 0 when MSI is hidden.</summary>
    public uint Capable { get; }

    /// <summary>Whether the guest has enabled MSI.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>How many messages the guest has enabled: a power of two, at most <see cref="Capable"/>.</summary>
    public uint Count { get; private set; }

    /// <summary>Messages that became a guest's interrupt.</summary>
    public uint Delivered { get; private set; }

    /// <summary>Messages that found MSI disabled, that were none of those enabled, or that the guest's controller did not take.</summary>
    public uint Dropped { get; private set; }

    /// <summary>The masks as the guest set them.</summary>
    public readonly uint GuestMask => _guestMask;

    /// <summary>Messages that wait here, one bit a message.</summary>
    public readonly uint Pending => _pending;

    /// <summary>What the masks of the hardware must be: the guest's, the host's, and those of messages that mean nothing; of enabled messages and no others.</summary>
    public readonly uint HardwareMask => (_guestMask | _hostMask | Meaningless) & Enabled;

    private readonly uint Enabled => Bits(Count);

    private readonly uint Meaningless
    {
        get
        {
            uint bits = 0;
            for (int message = 0; message < Count; message++)
            {
                bits |= _meanings[message].IsNone ? 1u << message : 0;
            }

            return bits;
        }
    }

    /// <summary>Asks the guest's controller what the messages mean.</summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <param name="address">Where the guest wants them written.</param>
    /// <param name="data">What the guest wants written, of the first one; the low bits of it count the messages.</param>
    /// <param name="count">How many.</param>
    /// <param name="guest">Whose controller.</param>
    /// <returns>Whether any of them means something.</returns>
    public bool TryResolve<TGuest>(GuestAddress address, uint data, uint count, TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        bool any = false;
        for (uint message = 0; message < count && message < MsiLayout.MostMessages; message++)
        {
            GuestValue said = new((data & ~(count - 1)) | message);
            bool means = guest.TryResolve(_place, address, said, out GuestMessage meaning);
            _meanings[(int)message] = means ? meaning : default;
            any |= means;
        }

        return any;
    }

    /// <summary>Enables messages whose meaning has been asked for.</summary>
    /// <param name="count">How many.</param>
    public void Enable(uint count)
    {
        IsEnabled = true;
        Count = count;
    }

    /// <summary>Disables them. What was pending is forgotten, as in hardware.</summary>
    public void Disable()
    {
        IsEnabled = false;
        Count = 0;
        _pending = 0;
    }

    /// <summary>Takes the guest's masks.</summary>
    /// <param name="mask">One bit a message; those of messages that the guest may not use do not count.</param>
    public void Mask(uint mask) => _guestMask = mask & Bits(Capable);

    /// <summary>Takes the host's own mask of a message.</summary>
    /// <param name="message">Which one.</param>
    /// <param name="held">Whether it waits, whatever the guest does.</param>
    public void Hold(uint message, bool held)
    {
        uint bit = message < Capable ? 1u << (int)message : 0;
        _hostMask = held ? _hostMask | bit : _hostMask & ~bit;
    }

    /// <summary>Takes a physical message: it becomes the guest's interrupt, or waits behind a mask.</summary>
    public void Deliver<TGuest>(uint message, TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        if (!IsEnabled || message >= Count)
        {
            Dropped++;
        }
        else if ((HardwareMask & (1u << (int)message)) != 0)
        {
            _pending |= 1u << (int)message;
        }
        else
        {
            Raise(message, guest);
        }
    }

    /// <summary>Delivers what waited for a mask to go.</summary>
    public void Flush<TGuest>(TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        uint ready = IsEnabled ? _pending & Enabled & ~HardwareMask : 0;
        _pending &= ~ready;
        for (uint message = 0; message < Count; message++)
        {
            if ((ready & (1u << (int)message)) != 0)
            {
                Raise(message, guest);
            }
        }
    }

    /// <summary>As after a reset of the function; what the host holds stays held.</summary>
    [CoversState(Except = [nameof(_hostMask), nameof(Delivered), nameof(Dropped)])]
    public void Reset()
    {
        Disable();
        _guestMask = 0;
        _meanings = default;
    }

    private static uint Bits(uint count) => (uint)((1UL << (int)count) - 1);

    private void Raise<TGuest>(uint message, TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        bool taken = guest.TryDeliver(_meanings[(int)message]);
        Delivered += taken ? 1u : 0u;
        Dropped += taken ? 0u : 1u;
    }

    [InlineArray((int)MsiLayout.MostMessages)]
    private struct Meanings
    {
        private GuestMessage _message;
    }
}
