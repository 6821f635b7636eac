using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>What the guest's function reaches, as its list of ranges fills it. A guest without a function has no such table, and nothing to keep out of it.</summary>
internal readonly struct DeviceTable : IDomainTable
{
    // They come from the pool of the processors' table, which counts them.
    public uint TablePages => 0;

    public MappingResult Map(ulong input, [HardwareSink] MachineAddress output, [HardwareSink] ulong length, PageAttributes attributes)
    {
        ref Passthrough passthrough = ref VirtMachine.Passthrough;
        return passthrough.HasSpace
            ? passthrough.Smmu.Map(ref passthrough.Space, ref VirtMachine.Space.Pool, input, output, length, attributes)
            : MappingResult.Done;
    }

    public MappingResult Unmap(ulong input, ulong length)
    {
        ref Passthrough passthrough = ref VirtMachine.Passthrough;
        return passthrough.HasSpace ? passthrough.Smmu.Unmap(ref passthrough.Space, ref VirtMachine.Space.Pool, input, length) : MappingResult.Done;
    }
}
