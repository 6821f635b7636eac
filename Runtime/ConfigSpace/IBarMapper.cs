using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Makes a function's memory reachable for the guest that owns it, and takes it away: the guest's stage 2.</summary>
public interface IBarMapper
{
    /// <summary>Maps a function's memory for the guest's processors. All of it or nothing.</summary>
    /// <param name="guest">Guest address in bytes, page-aligned; the core has checked that it lies in the guest's PCI window.</param>
    /// <param name="machineAddress">Machine address, page-aligned.</param>
    /// <param name="sizeBytes">Size in bytes: whole pages.</param>
    /// <param name="attributes">What the guest may do with it, and its memory type in stage 2: device memory for registers, what the assignment says for prefetchable memory.</param>
    /// <returns>Whether it is mapped: not when something is mapped there already, or when there are no more tables.</returns>
    bool TryMap([HardwareSink] ulong guest, [HardwareSink] MachineAddress machineAddress, [HardwareSink] ulong sizeBytes, PageAttributes attributes);

    /// <summary>Takes away what one <see cref="TryMap"/> mapped.</summary>
    /// <param name="guest">As it was mapped.</param>
    /// <param name="sizeBytes">As it was mapped.</param>
    /// <returns>
    /// Whether no processor of the guest reaches the memory any more. When that is not known, as after a timeout, the function is given up.
    /// </returns>
    bool TryUnmap([HardwareSink] ulong guest, [HardwareSink] ulong sizeBytes);
}
