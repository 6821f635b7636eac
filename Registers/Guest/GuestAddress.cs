using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>An address as a guest sees it (intermediate physical address, IPA), in bytes. Not a machine address, and not convertible to one.</summary>
public readonly struct GuestAddress
{
    private readonly ulong _address;

    /// <summary>Marks an address as a guest's.</summary>
    /// <param name="address">Guest physical address in bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GuestAddress(ulong address)
    {
        _address = address;
    }

    /// <summary>The address as the guest gave it.</summary>
    [GuestControlled]
    public ulong Untrusted
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _address;
    }

    /// <summary>Whether the address is a multiple of <paramref name="alignment"/>, a power of two, in bytes.</summary>
    public bool IsAligned(ulong alignment) => (_address & (alignment - 1)) == 0;

    /// <summary>The offset of the address in a window, when <paramref name="length"/> bytes from it on lie in the window.</summary>
    /// <param name="start">First guest address of the window.</param>
    /// <param name="size">Size of the window in bytes.</param>
    /// <param name="length">How many bytes are meant; not 0.</param>
    /// <param name="offset">Byte offset in the window; 0 when it does not lie in it.</param>
    /// <returns>Whether all of it lies in the window. Nothing in here can wrap around.</returns>
    [Sanitizes]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryWithin(ulong start, ulong size, ulong length, [Sanitizes] out ulong offset)
    {
        ulong distance = _address - start;
        bool within = _address >= start && length <= size && distance <= size - length;
        offset = within ? distance : 0;
        return within;
    }
}
