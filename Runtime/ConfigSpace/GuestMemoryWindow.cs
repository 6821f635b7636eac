using Sluice.Registers;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Guest addresses that a guest may give to the memory of its functions: a window of its virtual host bridge. No guest memory lies in it.</summary>
/// <param name="start">First guest address.</param>
/// <param name="sizeBytes">Size in bytes; 0 for no window.</param>
public readonly struct GuestMemoryWindow(ulong start, ulong sizeBytes)
{
    /// <summary>First guest address.</summary>
    public ulong Start { get; } = start;

    /// <summary>Size in bytes.</summary>
    public ulong SizeBytes { get; } = sizeBytes;

    /// <summary>Takes a guest's word for an address, if all that is meant lies in the window.</summary>
    /// <param name="address">The guest's word.</param>
    /// <param name="length">How many bytes are meant.</param>
    /// <param name="placed">The address; 0 when it does not lie in the window.</param>
    [Sanitizes]
    public bool TryPlace(GuestAddress address, ulong length, out ulong placed)
    {
        bool within = address.TryWithin(Start, SizeBytes, length, out ulong offset);
        placed = within ? Start + offset : 0;
        return within;
    }
}
