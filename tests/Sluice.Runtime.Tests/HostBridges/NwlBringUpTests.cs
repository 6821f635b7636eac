using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class NwlBringUpTests
{
    [Fact]
    public void The_hypervisor_brings_a_bridge_up_that_has_just_been_reset()
    {
        NwlMachine machine = new();

        NwlHostBridge<SimulatedBus> bridge = machine.Start();

        Assert.True(bridge.IsReady(out _));
        Assert.Equal(0x0C_0001u, machine.Bridge.Peek(NwlBridge.Offsets.EEcamControl));
        Assert.Equal((0u, 1u, 15u), (machine.Bridge.RootPort.PrimaryBus, machine.Bridge.RootPort.SecondaryBus, machine.Bridge.RootPort.SubordinateBus));
    }

    [Fact]
    public void A_strict_bridge_has_nothing_to_object_to_the_order()
    {
        NwlMachine machine = new(new SimulatedNwlOptions { IsStrict = true });

        Assert.True(machine.Start().IsReady(out _));
        Assert.Empty(machine.Bridge.Violations);
    }

    [Fact]
    public void A_strict_bridge_refuses_a_config_window_before_the_transceivers_are_ready_and_a_friendly_one_takes_any_order()
    {
        foreach (bool isStrict in (bool[])[true, false])
        {
            NwlMachine machine = new(new SimulatedNwlOptions { IsStrict = isStrict });
            machine.Bridge.IsPhyReady = false;
            machine.Write(NwlBridge.Offsets.EEcamControl, 1);

            Assert.Equal(isStrict ? 0u : 1u, machine.Bridge.Peek(NwlBridge.Offsets.EEcamControl) & 1);
            Assert.Equal(isStrict ? 1 : 0, machine.Bridge.Violations.Count);
        }
    }

    [Fact]
    public void G4_The_register_window_is_no_longer_forced_and_reserved_bits_stay_zero()
    {
        NwlMachine machine = new();
        Assert.Equal(2u, machine.Bridge.Peek(NwlBridge.Offsets.EBregControl));

        machine.Start();

        Assert.Equal(1u, machine.Bridge.Peek(NwlBridge.Offsets.EBregControl));
    }

    [Theory]
    [InlineData(BringUpPolicy.Hypervisor)]
    [InlineData(BringUpPolicy.HardwareDomain)]
    public void G10_The_link_reaches_none_of_the_bridge_s_registers(BringUpPolicy policy)
    {
        NwlMachine machine = new();
        if (policy == BringUpPolicy.HardwareDomain)
        {
            NwlDomainBridgeTests.DriveAsLinuxDoes(machine);
        }

        machine.Start(NwlMachine.Settings with { Policy = policy });

        Assert.Equal(0x3_0007u, machine.Bridge.Peek(NwlBridge.Offsets.BridgeCoreCfgPcieRx0) & 0x3_0007);
    }

    [Fact]
    public void H4_A_bridge_whose_transceivers_are_not_ready_is_refused_before_any_access_to_config_space()
    {
        NwlMachine machine = new();
        machine.Bridge.IsPhyReady = false;
        byte[] before = machine.Bridge.Save();

        foreach (BringUpPolicy policy in (BringUpPolicy[])[BringUpPolicy.Firmware, BringUpPolicy.Hypervisor, BringUpPolicy.HardwareDomain])
        {
            Assert.Equal(
                "NWL_ATTRIBUTES.PCIE_STATUS shows 0x00000000; its bits 0x00000002 should be 0x00000002",
                machine.Refusal(NwlMachine.Settings with { Policy = policy }));
        }

        Assert.Equal(0, machine.ConfigAccesses);
        Assert.Equal(before, machine.Bridge.Save());
    }

    [Fact]
    public void Waiting_for_the_transceivers_ends_after_a_second()
    {
        NwlMachine machine = new();
        machine.Bridge.IsPhyReady = false;
        ulong start = machine.Machine.PassMicroseconds(0);

        machine.Refusal(NwlMachine.Settings);

        Assert.InRange(machine.Machine.PassMicroseconds(0) - start, 1_000_000ul, 1_500_000ul);
    }

    [Fact]
    public void A_bridge_that_firmware_left_alone_is_refused_with_the_register_and_what_it_shows()
    {
        NwlMachine machine = new();
        byte[] before = machine.Bridge.Save();

        string refusal = machine.Refusal(NwlMachine.Settings with { Policy = BringUpPolicy.Firmware });

        Assert.StartsWith("NWL_BRIDGE.E_ECAM_CONTROL shows 0x", refusal, StringComparison.Ordinal);
        Assert.EndsWith("its bits 0x001F0005 should be 0x000C0001", refusal, StringComparison.Ordinal);
        Assert.Equal(before, machine.Bridge.Save());
        Assert.Equal(0, machine.ConfigAccesses);
    }

    [Theory]
    [InlineData(NwlBridge.Offsets.EBregControl, 0u, "E_BREG_CONTROL")]
    [InlineData(NwlBridge.Offsets.EBregBaseLo, 0xFD0D_0000u, "E_BREG_BASE_LO")]
    [InlineData(NwlBridge.Offsets.EEcamControl, 0u, "E_ECAM_CONTROL")]
    [InlineData(NwlBridge.Offsets.EEcamControl, 0x0010_0001u, "E_ECAM_CONTROL")]
    [InlineData(NwlBridge.Offsets.EEcamBaseLo, 0x1000_0000u, "E_ECAM_BASE_LO")]
    [InlineData(NwlBridge.Offsets.EEcamBaseHi, 0u, "E_ECAM_BASE_HI")]
    [InlineData(NwlBridge.Offsets.BridgeCoreCfgPcieRx0, 0x3_0000u, "BRIDGE_CORE_CFG_PCIE_RX0")]
    [InlineData(NwlBridge.Offsets.BridgeCoreCfgPcieRx1, 0x100u, "BRIDGE_CORE_CFG_PCIE_RX1")]
    [InlineData(NwlBridge.Offsets.EEcamControl, 0x000C_0005u, "E_ECAM_CONTROL")]
    [InlineData(NwlBridge.Offsets.IIsubControl, 0u, "I_ISUB_CONTROL")]
    [InlineData(NwlBridge.Offsets.BridgeCoreCfgInterrupt, 0u, "BRIDGE_CORE_CFG_INTERRUPT")]
    [InlineData(NwlBridge.Offsets.TranIngressControl + 0x60, 1u, "TRAN_INGRESS_CONTROL[3]")]
    [InlineData(NwlBridge.Offsets.TranEgressControl + 0xE0, 1u, "TRAN_EGRESS_CONTROL[7]")]
    public void A_bridge_on_which_anything_of_the_checklist_is_not_so_is_refused_by_name(uint offset, uint value, string register)
    {
        NwlMachine machine = new();
        NwlHostBridge<SimulatedBus> bridge = machine.Start();
        machine.Write(offset, value);

        Assert.Contains("NWL_BRIDGE." + register + " shows", machine.Refusal(NwlMachine.Settings with { Policy = BringUpPolicy.Firmware }), StringComparison.Ordinal);
        Assert.False(bridge.IsReady(out BridgeRefusal refusal));
        Assert.Equal((BridgeBlock.NwlBridge, value), (refusal.Block, refusal.Value));
    }

    [Fact]
    public void Firmware_may_leave_the_register_window_where_reset_puts_it_and_the_ways_from_the_link_as_it_likes_as_long_as_no_bar_opens_them()
    {
        NwlMachine machine = new();
        machine.Start();
        machine.Write(NwlBridge.Offsets.EBregControl, 2);
        machine.Write(NwlBridge.Offsets.BridgeCoreCfgPcieRx0, 7);

        Assert.True(machine.Start(NwlMachine.Settings with { Policy = BringUpPolicy.Firmware }).IsReady(out _));
        Assert.Contains("E_BREG_CONTROL", machine.Refusal(NwlMachine.Settings with { Policy = BringUpPolicy.HardwareDomain }), StringComparison.Ordinal);
    }

    [Fact]
    public void Firmware_s_bus_numbers_must_begin_as_the_board_s()
    {
        NwlMachine machine = new();
        machine.Start();
        NwlSettings firmware = NwlMachine.Settings with { Policy = BringUpPolicy.Firmware };
        machine.Bridge.RootPort.Poke(0x18, AccessWidth.Word, 0x0003_0100);
        machine.Start(firmware);
        machine.Bridge.RootPort.Poke(0x18, AccessWidth.Word, 0x0003_0200);

        Assert.Equal("PCI_BRIDGE_HEADER.PRIMARY_BUS shows 0x00030200; its bits 0x0000FFFF should be 0x00000100", machine.Refusal(firmware));
    }

    [Fact]
    public void A_config_window_that_the_bridge_cannot_have_is_refused()
    {
        NwlMachine machine = new();
        byte[] before = machine.Bridge.Save();

        Assert.StartsWith(
            "a window of the board does not fit",
            machine.Refusal(NwlMachine.Settings with { Config = new EcamWindow(NwlMachine.Config, 3 << 20, 0, 2) }),
            StringComparison.Ordinal);
        Assert.Equal(before, machine.Bridge.Save());
    }

    [Fact]
    public void While_the_link_is_down_the_bridge_starts_and_nothing_behind_it_may_be_assigned()
    {
        NwlMachine machine = new();
        machine.Bridge.IsLinkUp = false;
        NwlHostBridge<SimulatedBus> bridge = machine.Start();

        Assert.False(bridge.IsReady(out BridgeRefusal refusal));
        Assert.Equal("NWL_ATTRIBUTES.PCIE_STATUS shows 0x00000002; its bits 0x00000003 should be 0x00000003", RefusalText.Of(refusal));

        machine.Bridge.IsLinkUp = true;
        Assert.True(bridge.IsReady(out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_step_of_the_bring_up_goes_wrong_all_is_as_wanted_or_all_is_as_before(bool isCoherent)
    {
        NwlSettings settings = NwlMachine.Settings with { IsCoherent = isCoherent, Windows = isCoherent ? NwlMachine.PortWindows : default };
        byte[] before = State(new NwlMachine());
        (byte[] wanted, int steps) = Outcome(settings, -1, out bool started, out _);
        Assert.True(started);
        HashSet<string> named = [];
        int refused = 0;
        for (int step = 0; step < steps; step++)
        {
            (byte[] state, _) = Outcome(settings, step, out started, out BridgeRefusal refusal);
            Assert.True(AreEqual(started ? wanted : before, state), $"step {step}, {RefusalText.Of(refusal)}");
            refused += started ? 0 : 1;
            named.Add(RefusalText.Of(refusal).Split(' ')[0]);
        }

        Assert.InRange(refused, steps * 2 / 3, steps);
        Assert.Superset(
            new HashSet<string>
            {
                "NWL_ATTRIBUTES.PCIE_STATUS", "NWL_BRIDGE.E_BREG_CAPABILITIES", "NWL_BRIDGE.E_BREG_BASE_LO", "NWL_BRIDGE.BRIDGE_CORE_CFG_PCIE_RX0",
                "NWL_BRIDGE.E_ECAM_CONTROL", "NWL_BRIDGE.E_ECAM_BASE_HI", "NWL_BRIDGE.MSGF_MISC_MASK", "NWL_BRIDGE.MSGF_LEG_MASK", "PCI_BRIDGE_HEADER.PRIMARY_BUS",
            },
            named);
        Assert.Equal(isCoherent, named.Contains("PCI_BRIDGE_HEADER.MEMORY_BASE") && named.Contains("PCI_BRIDGE_HEADER.COMMAND") && named.Contains("PCI_BRIDGE_HEADER.PREF_LIMIT_UPPER32"));
    }

    private static bool AreEqual(byte[] expected, byte[] actual) => expected.AsSpan().SequenceEqual(actual);

    private static (byte[] State, int Steps) Outcome(NwlSettings settings, int failsAt, out bool started, out BridgeRefusal refusal)
    {
        NwlMachine machine = new();
        FaultPlan plan = new() { FailsAt = failsAt };
        started = NwlHostBridge<FaultyBus>.TryStart(new FaultyBus(machine.Machine.Bus, plan), machine.Clock, settings, out _, out refusal);
        Assert.Equal(started, refusal.IsNone);
        return (State(machine), plan.Steps);
    }

    private static byte[] State(NwlMachine machine)
        => [
            .. machine.Bridge.Save(),
            .. BitConverter.GetBytes(machine.Bridge.RootPort.Peek(0x04, AccessWidth.Word)),
            .. BitConverter.GetBytes(machine.Bridge.RootPort.Peek(0x18, AccessWidth.Word)),
            .. BitConverter.GetBytes(machine.Bridge.RootPort.Peek(0x20, AccessWidth.Word)),
            .. BitConverter.GetBytes(machine.Bridge.RootPort.Peek(0x24, AccessWidth.Word)),
            .. BitConverter.GetBytes(machine.Bridge.RootPort.Peek(0x28, AccessWidth.Word)),
            .. BitConverter.GetBytes(machine.Bridge.RootPort.Peek(0x2C, AccessWidth.Word)),
        ];
}
