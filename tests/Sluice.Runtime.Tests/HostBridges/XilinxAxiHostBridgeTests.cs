using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class XilinxAxiHostBridgeTests
{
    private static readonly RequesterId s_device = new(1, 0, 0);

    [Fact]
    public void The_hypervisor_brings_the_bridge_up_and_finds_what_is_behind_it()
    {
        AxiMachine machine = new();
        machine.Functions.AddDevice(1, 0, new DmaFunction(), new DmaFunction());

        XilinxAxiHostBridge<SimulatedBus> bridge = machine.Start();

        Assert.True(bridge.IsReady(out _));
        Assert.Equal([new RequesterId(0, 0, 0), s_device, new RequesterId(1, 0, 1)], NwlMachine.Find(bridge, bridge.Window));
        Assert.Equal(0u, machine.Bridge.Peek(AxiPcie.Offsets.Imr));
    }

    [Fact]
    public void A_bridge_that_firmware_left_alone_is_refused_with_the_register_and_what_it_shows()
    {
        AxiMachine machine = new();

        Assert.False(XilinxAxiHostBridge<SimulatedBus>.TryStart(
            machine.Machine.Bus, AxiMachine.Settings with { Policy = BringUpPolicy.Firmware }, out _, out BridgeRefusal refusal));

        Assert.StartsWith("AXI_PCIE.RPSC shows 0x00", RefusalText.Of(refusal), StringComparison.Ordinal);
        machine.Start();
        machine.Start(AxiMachine.Settings with { Policy = BringUpPolicy.Firmware });
    }

    [Fact]
    public void While_the_link_is_down_nothing_behind_it_is_asked_or_assigned()
    {
        AxiMachine machine = new();
        machine.Functions.Add(s_device, new DmaFunction());
        XilinxAxiHostBridge<SimulatedBus> bridge = machine.Start();
        machine.Bridge.IsLinkUp = false;
        int before = machine.Bridge.LinkAccesses;

        Assert.Equal(0xFFFF_FFFFu, bridge.ReadConfig(s_device, 0, AccessWidth.Word));
        bridge.WriteConfig(s_device, 4, AccessWidth.HalfWord, 6);

        Assert.Equal(before, machine.Bridge.LinkAccesses);
        Assert.False(bridge.IsReady(out BridgeRefusal refusal));
        Assert.StartsWith("AXI_PCIE.PSCR shows 0x", RefusalText.Of(refusal), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_one_device_is_asked_on_each_of_the_first_two_buses()
    {
        AxiMachine machine = new();
        machine.Functions.Add(new RequesterId(1, 1, 0), new DmaFunction());
        XilinxAxiHostBridge<SimulatedBus> bridge = machine.Start();
        int before = machine.ConfigAccesses;

        Assert.Equal(0xFFFFu, bridge.ReadConfig(new RequesterId(0, 1, 0), 0, AccessWidth.HalfWord));
        Assert.Equal(0xFFFFu, bridge.ReadConfig(new RequesterId(0, 0, 1), 0, AccessWidth.HalfWord));
        Assert.Equal(0xFFFFu, bridge.ReadConfig(new RequesterId(1, 1, 0), 0, AccessWidth.HalfWord));
        Assert.Equal(before, machine.ConfigAccesses);
    }

    [Fact]
    public void Errors_are_taken_with_whose_they_were()
    {
        AxiMachine machine = new();
        XilinxAxiHostBridge<SimulatedBus> bridge = machine.Start();
        machine.Machine.Write(AxiMachine.Config + AxiPcie.Offsets.Imr, AccessWidth.Word, 0x1FF3_0F0D);
        machine.Bridge.ReportError(s_device, 2);

        Assert.True(bridge.TakeEvents().Fatal);
        Assert.Equal(0u, bridge.TakeEvents().Value);
        Assert.True(bridge.TryTakeError(out AxiPcie.Rpefr error));
        Assert.Equal(s_device.Value, error.ReqId);
        Assert.False(bridge.TryTakeError(out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_step_of_the_bring_up_goes_wrong_all_is_as_wanted_or_all_is_as_before(bool hasWindows)
    {
        AxiPcieSettings settings = AxiMachine.Settings with { Windows = hasWindows ? NwlMachine.PortWindows : default };
        FaultPlan plan = new();
        int steps = 1;
        int refused = 0;
        uint[] before = new AxiMachine().State();
        uint[] wanted = before;
        for (int step = -1; step < steps; step++)
        {
            AxiMachine machine = new();
            plan.Restart(step);
            bool started = XilinxAxiHostBridge<FaultyBus>.TryStart(new FaultyBus(machine.Machine.Bus, plan), settings, out _, out BridgeRefusal refusal);
            steps = step < 0 ? plan.Steps : steps;
            wanted = step < 0 ? machine.State() : wanted;
            refused += started ? 0 : 1;
            Assert.Equal(started, refusal.IsNone);
            Assert.True(machine.State().AsSpan().SequenceEqual(started ? wanted : before), $"step {step}, {RefusalText.Of(refusal)}");
        }

        Assert.InRange(refused, steps / 2, steps);
    }
}
