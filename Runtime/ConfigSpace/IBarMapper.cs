using Sluice.Registers;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Makes a function's memory reachable for the guest that owns it, and takes it away: the guest's stage 2.</summary>
public interface IBarMapper
{
    /// <summary>Maps a function's memory for the guest's processors as device memory. All of it or nothing.</summary>
    /// <param name="guest">Guest address, page-aligned, in the guest's PCI window.</param>
    /// <param name="machineAddress">Machine address, page-aligned.</param>
    /// <param name="sizeBytes">Size in bytes: whole pages.</param>
    /// <returns>Whether it is mapped: not when something is mapped there already, or when there are no more tables.</returns>
    bool TryMap(GuestAddress guest, [HardwareSink] ulong machineAddress, [HardwareSink] ulong sizeBytes);

    /// <summary>Takes away what one <see cref="TryMap"/> mapped. When it returns, no processor of the guest reaches the memory any more.</summary>
    /// <param name="guest">As it was mapped.</param>
    /// <param name="sizeBytes">As it was mapped.</param>
    void Unmap(GuestAddress guest, ulong sizeBytes);
}
