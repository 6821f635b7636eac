using Sluice.Hypervisor.Guests;
using Sluice.Hypervisor.Processor;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The guest's physical address space: its stage-2 table, and the pool that its tables come from.</summary>
internal struct GuestSpace
{
    private const int InputBits = 39;
    private const int OutputBits = 40;

    public PagePool<PhysicalMemory> Pool;
    public PageTable<Stage2Format, PhysicalMemory> Table;

    /// <summary>Makes the space with RAM, the virtual CPU interface and the UART in it; everything else traps.</summary>
    /// <param name="ram">Machine address of the guest's RAM.</param>
    /// <param name="ramBytes">Its length.</param>
    public static bool TryCreate(ulong ram, ulong ramBytes)
    {
        ref GuestSpace space = ref VirtMachine.Space;
        return PagePool<PhysicalMemory>.TryCreate(default, new MachineAddress(MachineRam.Pool), MachineRam.PoolBytes, out space.Pool)
            && PageTableGeometry.TryCreate<Stage2Format>(InputBits, OutputBits, LeafSize.TwoMegabytes, out PageTableGeometry geometry)
            && PageTable<Stage2Format, PhysicalMemory>.TryCreate(default, geometry, ref space.Pool, out space.Table)
            && space.TryMap(GuestView.Ram, ram, ramBytes, PageAttributes.Ram)
            && space.TryMap(GuestView.CpuInterface, VirtBoard.VirtualCpuInterface, GuestView.CpuInterfaceBytes, PageAttributes.Registers)
            && space.TryMap(GuestView.Uart, VirtBoard.Uart, GuestView.UartBytes, PageAttributes.Registers);
    }

    /// <summary>Lets the guest reach a range of the machine.</summary>
    public bool TryMap(ulong guest, ulong machine, ulong bytes, PageAttributes attributes)
    {
        StageTwoInvalidator invalidator = default;
        return Table.Map(ref Pool, ref invalidator, guest, new MachineAddress(machine), bytes, attributes) == MappingResult.Done;
    }

    /// <summary>Takes a range from the guest.</summary>
    public bool TryUnmap(ulong guest, ulong bytes)
    {
        StageTwoInvalidator invalidator = default;
        return Table.Unmap(ref Pool, ref invalidator, guest, bytes) == MappingResult.Done;
    }
}
