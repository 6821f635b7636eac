using Sluice.Hypervisor.Guests;
using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.DriverImage;

/// <summary>The interrupt controllers that guests see, and the machine's INTx lines.</summary>
internal static class GuestControllers
{
    // Too large for the stack.
    private static GuestIts<GuestRam> s_its;
    private static GuestNwlBridge s_nwl;
    private static AxiMsiController<MmioBus, GenericTimer> s_messages;
    private static uint s_openLines;

    /// <summary>Calls everything that these can do.</summary>
    public static uint UseAll()
    {
        NoInterrupts sink = default;
        RequesterId requester = new(0, 1, 0);
        GuestAddress address = new(0x0809_0040);
        GuestValue data = new(1);
        s_its = new GuestIts<GuestRam>(0x0808_0000, new GuestRam(0x4000_0000, 0x6000_0000, 0x100_0000), default);
        s_its.Write(0, AccessWidth.Word, data, sink);
        s_its.WriteRedistributor(0, AccessWidth.Word, data, sink);
        s_its.Read(0x90, AccessWidth.DoubleWord, sink, out ulong value);
        s_its.ReadRedistributor(0, AccessWidth.Word, out ulong control);
        uint used = (uint)(value + control) + s_its.Commands + s_its.PendingInterrupts;
        if (s_its.TryResolve(requester, address, data, out GuestMessage message) && s_its.TryDeliver(message, sink))
        {
            used++;
        }

        s_nwl = new GuestNwlBridge(default) { IsLinkUp = true };
        NoWires wires = default;
        s_nwl.Write(0x448, AccessWidth.Word, data, sink);
        s_nwl.Read(0x420, AccessWidth.Word, ref wires, out value);
        s_nwl.ReadAttributes(0x238, AccessWidth.Word, out control);
        s_nwl.WriteAttributes(0x238, AccessWidth.Word, data);
        s_nwl.SetWires(1, sink);
        s_nwl.Report(1, sink);
        used += (uint)(value + control + s_nwl.OpenConfigBytes + s_nwl.Raised);
        if (s_nwl.TryResolve(requester, address, data, out message) && s_nwl.TryDeliver(message, sink))
        {
            used++;
        }

        return used + Use(new NwlIntxController<MmioBus>(default, new RegisterAddress(0xFD0E_0000), 148)) + Use(new EcamIntxController<NoInterrupts>(sink, 35))
            + Use(new AxiIntxController<SharedFifo, NoInterrupts, MmioBus, GenericTimer>(default, sink));
    }

    private static uint Use<TController>(TController controller)
        where TController : struct, IIntxController
    {
        IntxLines<TController> lines = new(controller);
        OwnerId owner = new(1);
        if (!lines.TryTake(owner, 0) || !lines.TryCollect(148, out uint fired))
        {
            return 0;
        }

        lines.Settle(0, asserted: false);
        lines.Release(owner, 0);
        return fired + lines.Spurious + lines.Taken;
    }

    private readonly struct SharedFifo : IAxiMessages<MmioBus, GenericTimer>
    {
        public ref AxiMsiController<MmioBus, GenericTimer> Controller => ref s_messages;

        public ref uint OpenLines => ref s_openLines;
    }

    private readonly struct NoInterrupts : IInterruptSink, IInterruptGate, IInterruptTrigger
    {
        public void Raise(uint interrupt)
        {
        }

        public bool Withdraw(uint interrupt) => false;

        public void SetLevel(uint interrupt, bool asserted)
        {
        }

        public void Open(uint interrupt)
        {
        }

        public void Close(uint interrupt)
        {
        }
    }

    private readonly struct NoWires : IIntxWires
    {
        public uint Sample() => 0;
    }
}
