using Sluice.Runtime.Memory;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// A window of the host bridge onto PCI memory (an entry of <c>ranges</c>), from which places are taken one after the other. A place begins on a page and
/// owns its pages whole, so that functions of different owners never share one.
/// </summary>
public struct MemoryWindow
{
    /// <summary>The smallest unit of ownership in bytes.</summary>
    public const ulong PageBytes = 0x1000;

    private readonly ulong _start;
    private readonly ulong _end;
    private ulong _next;

    /// <summary>Makes a window.</summary>
    /// <param name="machineAddress">First address as the processor sees it.</param>
    /// <param name="pciAddress">The same as PCI sees it.</param>
    /// <param name="sizeBytes">Size in bytes; the window must not wrap around.</param>
    public MemoryWindow(MachineAddress machineAddress, ulong pciAddress, ulong sizeBytes)
    {
        PciOffset = pciAddress - machineAddress.Value;
        _next = machineAddress.Value;
        _start = _next;
        _end = sizeBytes <= ulong.MaxValue - _next ? _next + sizeBytes : _next;
    }

    /// <summary>What is added to a machine address to get its PCI address, modulo 2^64.</summary>
    public ulong PciOffset { get; }

    /// <summary>Bytes that have not been taken (alignment may cost some of them).</summary>
    public readonly ulong FreeBytes => _end - _next;

    /// <summary>Whether a range lies in the window, and where the processor sees it.</summary>
    /// <param name="pciAddress">First address as PCI sees it.</param>
    /// <param name="sizeBytes">Size in bytes; not 0.</param>
    /// <param name="place">The range; zeros when it does not.</param>
    public readonly bool TryHold(ulong pciAddress, ulong sizeBytes, out MemoryPlace place)
    {
        ulong machine = pciAddress - PciOffset;
        bool holds = machine >= _start && machine < _end && sizeBytes <= _end - machine;
        place = holds ? new MemoryPlace(new MachineAddress(machine), pciAddress) : default;
        return holds;
    }

    /// <summary>Takes a place that is aligned to its size, on the PCI side.</summary>
    /// <param name="sizeBytes">Size in bytes: a power of two.</param>
    /// <param name="place">The place; zeros when there is none.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryTake(ulong sizeBytes, out MemoryPlace place)
    {
        place = default;
        ulong size = sizeBytes < PageBytes ? PageBytes : sizeBytes;
        ulong skip = (0 - (_next + PciOffset)) & (size - 1);
        if (skip > FreeBytes || size > FreeBytes - skip)
        {
            return false;
        }

        place = new MemoryPlace(new MachineAddress(_next + skip), _next + skip + PciOffset);
        _next += skip + size;
        return true;
    }
}
