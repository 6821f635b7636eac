using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The guest as its PCI functions know it: its stage 2, its interrupts, its time. It holds nothing itself: there is one guest.</summary>
internal readonly struct VirtGuest : IBarMapper, IInterruptSink, IClock
{
    public ulong Microseconds => GenericTimer.Create().Microseconds;

    public bool TryMap(ulong guest, [HardwareSink] MachineAddress machine, [HardwareSink] ulong sizeBytes)
    {
        return VirtMachine.Space.TryMap(guest, machine.Value, sizeBytes, PageAttributes.Registers);
    }

    public bool TryUnmap(ulong guest, ulong sizeBytes)
    {
        return VirtMachine.Space.TryUnmap(guest, sizeBytes);
    }

    public void Raise(uint interrupt)
    {
        VirtMachine.Guest.Distributor.Interrupts.Raise(interrupt);
    }
}
