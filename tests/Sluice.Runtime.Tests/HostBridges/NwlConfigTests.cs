using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class NwlConfigTests
{
    private static readonly RequesterId s_device = new(1, 0, 0);

    [Fact]
    public void Functions_are_found_behind_the_root_port()
    {
        NwlMachine machine = new();
        machine.Plug(s_device);
        NwlHostBridge<SimulatedBus> bridge = machine.Start();

        Assert.Equal([new RequesterId(0, 0, 0), s_device], NwlMachine.Find(bridge, bridge.Window));
        Assert.Equal(0x9034_10EEu, bridge.ReadConfig(s_device, 0, AccessWidth.Word));
        Assert.Equal(0x9034u, bridge.ReadConfig(s_device, 2, AccessWidth.HalfWord));
    }

    [Fact]
    public void A_device_of_several_functions_is_found_whole_and_what_is_behind_a_bridge_to_conventional_PCI_too()
    {
        NwlMachine machine = new();
        SimulatedBridgeFunction toPci = new(0x8112_10B5);
        toPci.Poke(0x18, AccessWidth.Word, 0x0002_0201);
        machine.Functions.AddDevice(1, 0, new DmaFunction(), new DmaFunction(), toPci);
        machine.Functions.Add(new RequesterId(2, 4, 0), new DmaFunction());
        NwlHostBridge<SimulatedBus> bridge = machine.Start();

        Assert.Equal(
            [new RequesterId(0, 0, 0), s_device, new RequesterId(1, 0, 1), new RequesterId(1, 0, 2), new RequesterId(2, 4, 0)],
            NwlMachine.Find(bridge, bridge.Window));
    }

    [Fact]
    public void G9_While_the_link_is_down_everything_behind_it_reads_ones_and_nothing_is_asked()
    {
        NwlMachine machine = new();
        DmaFunction function = machine.Plug(s_device);
        NwlHostBridge<SimulatedBus> bridge = machine.Start();
        machine.Bridge.IsLinkUp = false;
        int before = machine.ConfigAccesses;

        Assert.Equal(0xFFFF_FFFFu, bridge.ReadConfig(s_device, 0, AccessWidth.Word));
        Assert.Equal(0xFFu, bridge.ReadConfig(s_device, 0, AccessWidth.Byte));
        bridge.WriteConfig(s_device, 4, AccessWidth.HalfWord, 6);

        Assert.Equal(before, machine.ConfigAccesses);
        Assert.Empty(function.Trace.Accesses);
        Assert.Equal(0xD021_10EEu, bridge.ReadConfig(new RequesterId(0, 0, 0), 0, AccessWidth.Word));
        machine.Bridge.IsLinkUp = true;
        Assert.Equal(0x9034_10EEu, bridge.ReadConfig(s_device, 0, AccessWidth.Word));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 31, 7)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 31, 0)]
    [InlineData(16, 0, 0)]
    [InlineData(255, 31, 7)]
    public void G9_What_cannot_exist_reads_ones_and_is_not_asked(uint bus, uint device, uint number)
    {
        NwlMachine machine = new();
        RequesterId function = new(bus, device, number);
        machine.Plug(function);
        NwlHostBridge<SimulatedBus> bridge = machine.Start();
        int before = machine.ConfigAccesses;

        Assert.Equal(0xFFFF_FFFFu, bridge.ReadConfig(function, 0, AccessWidth.Word));
        bridge.WriteConfig(function, 4, AccessWidth.HalfWord, 6);

        Assert.Equal(before, machine.ConfigAccesses);
    }

    [Fact]
    public void With_alternative_routing_all_device_numbers_of_the_next_bus_are_asked()
    {
        NwlMachine machine = new();
        NwlHostBridge<SimulatedBus> bridge = machine.Start(NwlMachine.Settings with { UsesAlternativeRouting = true });
        int before = machine.ConfigAccesses;

        bridge.ReadConfig(new RequesterId(1, 3, 0), 0, AccessWidth.Word);
        bridge.ReadConfig(new RequesterId(0, 3, 0), 0, AccessWidth.Word);

        Assert.Equal(before + 1, machine.ConfigAccesses);
    }

    [Fact]
    public void An_offset_beyond_a_function_s_config_space_meets_nobody_else_s()
    {
        NwlMachine machine = new();
        NwlHostBridge<SimulatedBus> bridge = machine.Start();

        Assert.Equal(0xFFFF_FFFFu, bridge.ReadConfig(new RequesterId(0, 0, 0), 0x1000, AccessWidth.Word));
    }

    [Fact]
    public void F5_The_mask_of_INTA_is_bit_0_and_that_of_INTD_bit_3()
    {
        NwlMachine machine = new();
        NwlHostBridge<SimulatedBus> bridge = machine.Start();
        for (uint line = 0; line < 4; line++)
        {
            bridge.EnableLine(line, false);
        }

        for (uint line = 0; line < 4; line++)
        {
            bridge.EnableLine(line, true);
            Assert.Equal(1u << (int)line, machine.Bridge.Peek(NwlBridge.Offsets.MsgfLegMask));
            machine.Bridge.AssertedLines = 1u << (int)line;
            Assert.True(machine.Bridge.IsLineRaised);
            Assert.Equal(1u << (int)line, bridge.AssertedLines);
            bridge.EnableLine(line, false);
            Assert.False(machine.Bridge.IsLineRaised);
        }

        bridge.EnableLine(32, true);
        Assert.Equal(0u, machine.Bridge.Peek(NwlBridge.Offsets.MsgfLegMask));
    }

    [Fact]
    public void Events_are_taken_once_with_the_ids_of_the_accesses_that_failed()
    {
        NwlMachine machine = new();
        NwlHostBridge<SimulatedBus> bridge = machine.Start();
        Assert.False(bridge.TakeEvents().Any);
        machine.Bridge.Report(1 << 4, 0x21);
        machine.Bridge.Report(1 << 6, 0x43);
        machine.Bridge.Report(1);
        machine.Bridge.IsLinkUp = false;

        NwlEvents events = bridge.TakeEvents();

        Assert.True(events.Status.SlaveError && events.Status.IngressAddressTranslationError && events.Status.LinkDown);
        Assert.Equal((0x21, 0, 0x43, 0), (events.SlaveId, events.MasterId, events.IngressId, events.EgressId));
        Assert.False(bridge.TakeEvents().Any);
        Assert.Equal(1u, machine.Bridge.Peek(NwlBridge.Offsets.MsgfMiscStatus));
    }

    [Fact]
    public void An_ingress_window_sends_DMA_where_it_says_and_a_closed_one_does_not()
    {
        NwlMachine machine = new();
        DmaFunction function = machine.Plug(s_device);
        NwlHostBridge<SimulatedBus> bridge = machine.Start();
        bridge.WriteConfig(s_device, 4, AccessWidth.HalfWord, 4);

        Assert.True(bridge.Windows.TryOpenIngress(2, new NwlWindow(0x8000_0000, NwlMachine.Ram, 0x1_0000), out _));
        Assert.True(machine.Bridge.TryWrite(s_device.Value, 0x8000_0010, [1, 2, 3, 4]));
        Assert.Equal(0x0403_0201u, machine.Machine.Read(NwlMachine.Ram + 0x10, AccessWidth.Word));
        Assert.False(bridge.IsReady(out BridgeRefusal refusal));
        Assert.Equal("NWL_BRIDGE.TRAN_INGRESS_CONTROL[2]", RefusalText.Of(refusal).Split(' ')[0]);

        // Where the board says that it is its own, it is no reason to refuse; any other one still is.
        NwlSettings own = NwlMachine.Settings with { Policy = BringUpPolicy.Firmware, OwnIngress = 1 << 2 };
        Assert.True(machine.Start(own).IsReady(out _));
        Assert.StartsWith("NWL_BRIDGE.TRAN_INGRESS_CONTROL[2]", machine.Refusal(own with { OwnIngress = 1 << 3, OwnEgress = 1 << 2 }), StringComparison.Ordinal);

        bridge.Windows.CloseIngress(2);
        Assert.False(machine.Bridge.TryWrite(s_device.Value, 0x8000_0010, [1, 2, 3, 4]));
        Assert.True(bridge.IsReady(out _));
        Assert.True(function.IsBusMaster);
    }

    [Theory]
    [InlineData(0x8000_0000ul, 0x4000_0000ul, 0x3000ul)]
    [InlineData(0x8000_1000ul, 0x4000_0000ul, 0x2000ul)]
    [InlineData(0x8000_0000ul, 0x4000_1000ul, 0x2000ul)]
    [InlineData(0x8000_0000ul, 0x4000_0000ul, 0x800ul)]
    [InlineData(0x8000_0000ul, 0x4000_0000ul, 0ul)]
    public void A_window_of_no_possible_shape_is_refused_before_anything_is_written(ulong source, ulong destination, ulong bytes)
    {
        NwlMachine machine = new();
        NwlHostBridge<SimulatedBus> bridge = machine.Start();
        byte[] before = machine.Bridge.Save();

        Assert.False(bridge.Windows.TryOpenIngress(0, new NwlWindow(source, destination, bytes), out BridgeRefusal refusal));
        Assert.Equal(BridgeBlock.Settings, refusal.Block);
        Assert.False(bridge.Windows.TryOpenEgress(0, new NwlWindow(source, destination, bytes), out _));
        Assert.False(bridge.Windows.TryOpenEgress(8, new NwlWindow(0, 0, 0x1000), out _));
        Assert.Equal(before, machine.Bridge.Save());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whichever_step_of_opening_a_window_goes_wrong_it_is_open_as_wanted_or_closed(bool isIngress)
    {
        NwlWindow window = new(0x1_8000_0000, 0x2_4000_0000, 0x1_0000);
        uint control = (isIngress ? NwlBridge.Offsets.TranIngressControl : NwlBridge.Offsets.TranEgressControl) + 0x20;
        FaultPlan plan = new();
        int steps = 1;
        int refused = 0;
        for (int step = -1; step < steps; step++)
        {
            NwlMachine machine = new();
            plan.Restart(step);
            NwlWindows<FaultyBus> windows = new(new NwlBridge.Registers<FaultyBus>(new FaultyBus(machine.Machine.Bus, plan), new RegisterAddress(NwlMachine.Registers)));
            bool open = isIngress ? windows.TryOpenIngress(1, window, out BridgeRefusal refusal) : windows.TryOpenEgress(1, window, out refusal);
            steps = step < 0 ? plan.Steps : steps;
            refused += open ? 0 : 1;
            Assert.Equal(open ? 0x0004_0001u : 0, machine.Bridge.Peek(control));
            Assert.Equal(open, refusal.IsNone);
        }

        Assert.InRange(refused, steps - 1, steps);
    }
}
