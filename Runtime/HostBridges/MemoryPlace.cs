using Sluice.Runtime.Memory;

namespace Sluice.Runtime.HostBridges;

/// <summary>Where a function's memory lies, seen from both sides of the bridge.</summary>
/// <param name="machineAddress">Address as the processor sees it.</param>
/// <param name="pciAddress">Address as it stands in the base address register.</param>
public readonly struct MemoryPlace(MachineAddress machineAddress, ulong pciAddress)
{
    /// <summary>Address as the processor sees it.</summary>
    public MachineAddress MachineAddress { get; } = machineAddress;

    /// <summary>Address as it stands in the base address register.</summary>
    public ulong PciAddress { get; } = pciAddress;
}
