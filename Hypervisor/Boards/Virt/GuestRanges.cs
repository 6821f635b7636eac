using Sluice.Hypervisor.Guests.Interrupts;
using Sluice.Hypervisor.Guests.Start;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>Everything that is at the guest's addresses: what its processor reaches, what its function reaches, and what traps. Two things at one address are refused.</summary>
internal static class GuestRanges
{
    private const ulong PageBytes = 0x1000;

    /// <summary>Fills the guest's list of ranges, and the tables with it.</summary>
    /// <param name="guest">What was asked for.</param>
    /// <param name="ram">Machine address of the guest's RAM.</param>
    public static bool TryAdd(GuestDescription guest, ulong ram)
    {
        ref DomainMemory<ProcessorTable, DeviceTable> memory = ref VirtMachine.Memory;
        memory = new DomainMemory<ProcessorTable, DeviceTable>(
            new DomainSettings { Owner = new OwnerId(Passthrough.GuestOwner), Quota = OwnerQuota.Unlimited, AddressBits = GuestSpace.InputBits }, default, default);
        return memory.AddRam(GuestView.Ram, new MachineAddress(ram), guest.MemoryBytes) == DomainResult.Done
            && memory.AddEmulated(GuestView.Distributor, VirtualDistributor.SizeBytes) == DomainResult.Done
            && memory.AddDevicePages(GuestView.CpuInterface, new MachineAddress(VirtBoard.VirtualCpuInterface), GuestView.CpuInterfaceBytes) == DomainResult.Done
            && memory.AddDevicePages(GuestView.Uart, new MachineAddress(VirtBoard.Uart), GuestView.UartBytes) == DomainResult.Done
            && (!guest.HasDevice || TryAddBridge(ref memory, guest.HasNwlBridge));
    }

    private static bool TryAddBridge(ref DomainMemory<ProcessorTable, DeviceTable> memory, bool hasNwl)
    {
        // The frame cannot tell senders apart, so its page is mapped for the one guest that has a function here, at its own address: the messages of the function carry what the host
        // wrote into it. For the processor the page traps; it is where a guest without an NWL bridge has its own frame.
        MachineAddress doorbell = new(VirtBoard.MessageFrame);
        return memory.AddDoorbell(doorbell.Value, doorbell, PageBytes) == DomainResult.Done
            && memory.AddWindow(GuestView.MemoryWindow, GuestView.MemoryWindowBytes) == DomainResult.Done
            && memory.AddEmulated(GuestView.ConfigSpace, hasNwl ? GuestView.NwlConfigSpaceBytes : GuestView.ConfigSpaceBytes) == DomainResult.Done
            && (!hasNwl || memory.AddEmulated(GuestView.NwlRegisters, GuestNwlBridge.BlockBytes) == DomainResult.Done)
            && (!hasNwl || memory.AddEmulated(GuestView.NwlAttributes, GuestNwlBridge.BlockBytes) == DomainResult.Done);
    }
}
