using Sluice.Hypervisor.Guests;
using Sluice.Registers;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The guest's stage 2 as its list of ranges fills it.</summary>
internal readonly struct ProcessorTable : IDomainTable
{
    public uint TablePages => VirtMachine.Space.UsedPages;

    public MappingResult Map(ulong input, [HardwareSink] MachineAddress output, [HardwareSink] ulong length, PageAttributes attributes)
    {
        StageTwoInvalidator invalidator = default;
        ref GuestSpace space = ref VirtMachine.Space;
        return space.Table.Map(ref space.Pool, ref invalidator, input, output, length, attributes);
    }

    public MappingResult Unmap(ulong input, ulong length)
    {
        StageTwoInvalidator invalidator = default;
        ref GuestSpace space = ref VirtMachine.Space;
        return space.Table.Unmap(ref space.Pool, ref invalidator, input, length);
    }
}
