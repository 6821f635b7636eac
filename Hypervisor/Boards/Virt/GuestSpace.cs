using Sluice.Hypervisor.Processor;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The guest's stage-2 table, and the pool that its tables and the SMMU's come from. What is in it is said by the domain's list of ranges.</summary>
internal struct GuestSpace
{
    public const int InputBits = 39;

    private const int OutputBits = 40;

    public PagePool<PhysicalMemory> Pool;
    public PageTable<Stage2Format, PhysicalMemory> Table;

    private uint _allPages;

    /// <summary>Pages that are in use.</summary>
    public readonly uint UsedPages => _allPages - Pool.FreePages;

    /// <summary>Makes an empty table: everything traps.</summary>
    public static bool TryCreate()
    {
        ref GuestSpace space = ref VirtMachine.Space;
        if (!PagePool<PhysicalMemory>.TryCreate(default, new MachineAddress(MachineRam.Pool), MachineRam.PoolBytes, out space.Pool))
        {
            return false;
        }

        space._allPages = space.Pool.FreePages;
        return PageTableGeometry.TryCreate<Stage2Format>(InputBits, OutputBits, LeafSize.TwoMegabytes, out PageTableGeometry geometry)
            && PageTable<Stage2Format, PhysicalMemory>.TryCreate(default, geometry, ref space.Pool, out space.Table);
    }
}
