using Sluice.Registers;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>The windows of a guest's virtual host bridge: what its device tree says in <c>ranges</c>.</summary>
/// <param name="low">The window below 4 GiB.</param>
/// <param name="high">A window above it; may be empty.</param>
public readonly struct GuestMemoryWindows(GuestMemoryWindow low, GuestMemoryWindow high)
{
    /// <summary>The window below 4 GiB.</summary>
    public GuestMemoryWindow Low { get; } = low;

    /// <summary>A window above it; may be empty.</summary>
    public GuestMemoryWindow High { get; } = high;

    /// <summary>Takes a guest's word for an address, if all that is meant lies in one of the windows.</summary>
    /// <param name="address">The guest's word.</param>
    /// <param name="length">How many bytes are meant.</param>
    /// <param name="placed">The address; 0 when it lies in neither.</param>
    [Sanitizes]
    public bool TryPlace(GuestAddress address, ulong length, out ulong placed)
        => Low.TryPlace(address, length, out placed) || High.TryPlace(address, length, out placed);
}
