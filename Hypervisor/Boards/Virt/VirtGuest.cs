using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The guest as its PCI functions know it: its stage 2, its interrupts, its time. It holds nothing itself: there is one guest.</summary>
internal readonly struct VirtGuest : IGuest, IInterruptSink
{
    public ulong Microseconds => GenericTimer.Create().Microseconds;

    public bool TryMap(ulong guest, [HardwareSink] MachineAddress machine, [HardwareSink] ulong sizeBytes, PageAttributes attributes)
    {
        return VirtMachine.Memory.MapBar(guest, machine, sizeBytes, attributes) == DomainResult.Done;
    }

    public bool TryUnmap(ulong guest, ulong sizeBytes)
    {
        return VirtMachine.Memory.UnmapBar(guest, sizeBytes) == DomainResult.Done;
    }

    [Sanitizes]
    public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
    {
        return VirtMachine.Passthrough.HasNwl
            ? VirtMachine.Passthrough.Nwl.TryResolve(requester, address, data, out message)
            : VirtMachine.Passthrough.Frame.TryResolve(requester, address, data, out message);
    }

    public bool TryDeliver(GuestMessage message)
    {
        return VirtMachine.Passthrough.HasNwl ? VirtMachine.Passthrough.Nwl.TryDeliver(message, this) : VirtMachine.Passthrough.Frame.TryDeliver(message, this);
    }

    public void SetIntx(RequesterId place, uint pin, bool asserted)
    {
        ref Passthrough passthrough = ref VirtMachine.Passthrough;
        if (!passthrough.Wires.Set(place, pin, asserted))
        {
            return;
        }

        if (passthrough.HasNwl)
        {
            passthrough.Nwl.SetWires(passthrough.Wires.Levels, this);
            return;
        }

        uint wire = GuestIntx.WireOf(place, pin);
        SetLevel(GuestView.FirstWireInterrupt + wire, (passthrough.Wires.Levels & (1u << (int)wire)) != 0);
    }

    public void Raise(uint interrupt)
    {
        VirtMachine.Guest.Distributor.Interrupts.Raise(interrupt);
    }

    public bool Withdraw(uint interrupt)
    {
        return VirtMachine.Guest.Distributor.Interrupts.Withdraw(interrupt);
    }

    public void SetLevel(uint interrupt, bool asserted)
    {
        VirtMachine.Guest.Distributor.Interrupts.SetLevel(interrupt, asserted);
    }
}
