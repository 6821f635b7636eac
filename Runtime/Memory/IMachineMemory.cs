using Sluice.Registers;

namespace Sluice.Runtime.Memory;

/// <summary>
/// The machine's memory as whoever builds tables and queues for hardware sees it. At EL2 the address is a pointer; in a .NET process it is a model's.
/// Each 64-bit access is one access, in program order. What a table walker or a device may read is first cleaned, then ordered by <see cref="Barrier"/>.
/// </summary>
public interface IMachineMemory
{
    /// <summary>One 64-bit read, little-endian; the address is a multiple of 8.</summary>
    ulong Read64(MachineAddress address);

    /// <summary>One 64-bit write, little-endian; the address is a multiple of 8. A walker sees the old word or the new one, never a mixture.</summary>
    void Write64([HardwareSink] MachineAddress address, [HardwareSink] ulong value);

    /// <summary>Fills with zeros; address and length are multiples of 8.</summary>
    void Zero([HardwareSink] MachineAddress address, ulong bytes);

    /// <summary>Makes what was written here visible to walkers and devices that do not snoop the caches. Does nothing where all of them do.</summary>
    void Clean(MachineAddress address, ulong bytes);

    /// <summary>Forgets cached copies of what a device that does not snoop has written here. Does nothing where all of them do.</summary>
    void Discard(MachineAddress address, ulong bytes);

    /// <summary>Completes all earlier writes and cleans, for every observer, before anything later (a DSB on Arm).</summary>
    void Barrier();
}
