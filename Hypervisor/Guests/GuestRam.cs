using System.Threading;
using Sluice.Registers;
using Sluice.Runtime.Interrupts;

namespace Sluice.Hypervisor.Guests;

/// <summary>A guest's RAM as emulated devices read it: one piece of the machine's memory. The guest may write to it at any time, so each word is read once.</summary>
internal readonly unsafe struct GuestRam : IGuestMemory
{
    private readonly ulong _guest;
    private readonly ulong _machine;
    private readonly ulong _bytes;

    /// <summary>Makes the view.</summary>
    /// <param name="guest">Guest address of the RAM.</param>
    /// <param name="machine">Machine address of the RAM.</param>
    /// <param name="bytes">Its length.</param>
    public GuestRam(ulong guest, ulong machine, ulong bytes)
    {
        _guest = guest;
        _machine = machine;
        _bytes = bytes;
    }

    public bool TryRead64(GuestAddress address, out ulong value)
    {
        bool within = address.TryWithin(_guest, _bytes, sizeof(ulong), out ulong offset) && (offset & (sizeof(ulong) - 1)) == 0;
        value = within ? Volatile.Read(ref *(ulong*)(_machine + offset)) : 0;
        return within;
    }

    public bool HasRam(GuestAddress address, ulong bytes)
    {
        return bytes != 0 && address.TryWithin(_guest, _bytes, bytes, out _);
    }
}
