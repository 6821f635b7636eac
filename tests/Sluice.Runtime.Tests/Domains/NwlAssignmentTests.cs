using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.ConfigSpace;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>Functions behind an NWL bridge, which all have one stream, and its message FIFO.</summary>
public sealed class NwlAssignmentTests
{
    private const uint Stream = 0x4D0;
    private const uint Events = 150;

    private readonly NwlMachine _machine = new();
    private readonly DmaFunction _first;
    private readonly DmaFunction _second;
    private readonly SimulatedGuest _guest;
    private readonly IsolationLog _isolation = new();
    private FunctionAssignment<NwlHostBridge<SimulatedBus>, NwlMsiController<SimulatedBus, SimulatedClock>, LoggedIsolation> _assignment;
    private readonly VirtualHostBridge<NwlHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>[] _bridges = new VirtualHostBridge<NwlHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>[1];
    private readonly CoreWatch _watch;

    public NwlAssignmentTests()
    {
        _first = new DmaFunction { Dma = _machine.Bridge };
        _second = new DmaFunction { Dma = _machine.Bridge };
        _machine.Functions.AddDevice(1, 0, _first, _second);
        _guest = new SimulatedGuest(_machine.Machine);
        _guest.Messages = new GuestFrameModel(_guest, AssignedFunction.Frame, AssignedFunction.FirstInterrupt, 32);
        NwlHostBridge<SimulatedBus> bridge = _machine.Start();
        NwlMsiSettings settings = new() { UsesFifo = true, Doorbell = NwlMachine.Attributes, LowInterrupt = 146, HighInterrupt = 147, EventInterrupt = Events };
        Assert.True(NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
            _machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), _machine.Clock, settings, [], out NwlMsiController<SimulatedBus, SimulatedClock> msi, out _));
        _watch = new CoreWatch(_machine.Functions, _isolation);
        _watch.AddGuest(1, _guest);
        _assignment = new(bridge, msi, new LoggedIsolation(_isolation), NwlMachine.Window, default);
    }

    [Fact]
    public void I1_Two_functions_with_the_bridge_s_one_stream_do_not_go_to_two_guests_although_their_messages_could_be_told_apart()
    {
        Assert.Equal(AssignmentStep.None, Assign(0, 1));
        _isolation.Steps.Clear();
        _second.Trace.Clear();

        Assert.Equal(AssignmentStep.Check, Assign(1, 2));

        Assert.Empty(_isolation.Steps);
        Assert.Empty(_second.Trace.Accesses);
    }

    [Fact]
    public void I2_Both_go_to_one_guest_and_each_raises_its_own_vectors_only()
    {
        Assert.Equal(AssignmentStep.None, Assign(0, 1));
        Assert.Equal(AssignmentStep.None, Assign(1, 1));
        Assert.Equal(["quarantine 4d0", "attach 4d0"], _isolation.Steps);
        VectorBlock first = _bridges[0].FunctionOf(0).Vectors;
        VectorBlock second = _bridges[0].FunctionOf(1).Vectors;

        Send(new RequesterId(1, 0, 0), first.First + 2);
        Send(new RequesterId(1, 0, 1), second.First + 3);
        Send(new RequesterId(1, 0, 0), second.First);

        Assert.Equal([first.First + 2, second.First + 3], Collect());
        Assert.Equal(1u, _assignment.Msi.Dropped.CountOf(new RequesterId(1, 0, 0)));
    }

    [Fact]
    public void G9_While_the_link_is_down_nothing_is_assigned_and_the_register_says_why()
    {
        _machine.Bridge.IsLinkUp = false;

        Assert.Equal(AssignmentStep.Bridge, Assign(0, 1));

        Assert.Equal("NWL_ATTRIBUTES.PCIE_STATUS", RefusalText.Of(_assignment.LastRefusal).Split(' ')[0]);
        Assert.Empty(_isolation.Steps);
        _machine.Bridge.IsLinkUp = true;
        Assert.Equal(AssignmentStep.None, Assign(0, 1));
    }

    [Fact]
    public void A_message_of_an_assigned_function_becomes_its_guest_s_interrupt_and_never_reaches_memory()
    {
        Assert.Equal(AssignmentStep.None, Assign(0, 1));
        Config(0x72, AccessWidth.HalfWord, 0x8000);
        ulong entry = 0x2300_0000 + DmaFunction.TableOffset;
        Config(0x10, AccessWidth.Word, 0x2300_0000);
        Config(4, AccessWidth.HalfWord, 0x0006);
        Memory(entry, AssignedFunction.Doorbell & 0xFFFF_FFFF);
        Memory(entry + 4, AssignedFunction.Doorbell >> 32);
        Memory(entry + 8, AssignedFunction.FirstInterrupt);
        Memory(entry + 12, 0);
        Assert.Equal(NwlMachine.Attributes, _first.Msix.Address(0));

        Assert.True(_first.Signal(0));

        uint vector = Assert.Single(Collect());
        Assert.Equal(_bridges[0].FunctionOf(0).Vectors.First, vector);
        Assert.True(_bridges[0].Deliver(vector));
        Assert.True(_guest.TryTakeInterrupt(out uint interrupt));
        Assert.Equal(AssignedFunction.FirstInterrupt, interrupt);
    }

    private TResult Checked<TResult>(TResult result)
    {
        _watch.Check(ref _assignment, _bridges.AsSpan(), _ => 0);
        return result;
    }

    private AssignmentStep Assign(uint number, ushort owner)
    {
        AssignmentRequest<MsixEntryArray> request = new()
        {
            Owner = new OwnerId(owner),
            Function = new RequesterId(1, 0, number),
            Stream = Stream,
            Place = new RequesterId(0, 1 + number, 0),
            MostVectors = 8,
            Entries = new MsixEntryArray(new GuestMsixEntry[8]),
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(0x2300_0000, 0x1000_0000), new GuestMemoryWindow(0x1_0000_0000, 0x1_0000_0000)),
        };
        return Checked(_assignment.Assign(in request, _guest.Handle, ref _bridges[0]));
    }

    private void Config(uint offset, AccessWidth width, uint value) => Checked(_bridges[0].WriteConfig((1u << 15) + offset, width, new GuestValue(value)));

    private void Memory(ulong address, ulong value) => Checked(_bridges[0].WriteMemory(new GuestAddress(address), AccessWidth.Word, new GuestValue(value)));

    private void Send(RequesterId sender, uint data) => Assert.True(_machine.Bridge.TryWrite(sender.Value, NwlMachine.Attributes, System.BitConverter.GetBytes(data)));

    private List<uint> Collect()
    {
        PendingBits raised = default;
        Assert.Equal(MsiCollection.Done, _assignment.Collect(Events, ref raised));
        List<uint> vectors = [];
        while (raised.TryTakeFirst(out uint vector))
        {
            vectors.Add(vector);
        }

        return vectors;
    }
}
