using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Phy;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Phy;
using Xunit;

namespace Sluice.Runtime.Tests.Phy;

public sealed class PsGtrBringUpTests
{
    private const ulong Serdes = 0xFD40_0000;

    [Theory]
    [InlineData(1u, 0x41u)]
    [InlineData(2u, 0x82u)]
    [InlineData(4u, 0x104u)]
    public void Pci_express_comes_up_on_one_two_and_four_lanes_and_the_bridge_finds_its_transceivers_ready(uint width, uint attribute)
    {
        PhyMachine machine = new(new SimulatedPsGtrOptions { IsStrict = true });
        Assert.False(machine.Bridge.IsPhyReady);

        PsGtr<SimulatedBus> lanes = machine.Start(PhyMachine.Settings(PhyMachine.Pcie(width)));

        Assert.True(lanes.IsReady(out _));
        Assert.True(machine.Bridge.IsPhyReady);
        Assert.Equal(attribute, machine.Read(0xFD48_0000 + NwlAttributes.Offsets.Attr97));
        Assert.Empty(machine.Lanes.Violations);
        Assert.Equal(0u, machine.Lanes.FullPowerReset & 0xE_0000);
        StartBridge(machine, BringUpPolicy.Hypervisor, PhyMachine.Pcie(width), out BridgeRefusal refusal);
        Assert.True(refusal.IsNone, RefusalText.Of(refusal));
    }

    [Theory]
    [InlineData(0u, LaneProtocol.Sata)]
    [InlineData(1u, LaneProtocol.Sata)]
    [InlineData(2u, LaneProtocol.Usb3)]
    [InlineData(3u, LaneProtocol.Usb3)]
    [InlineData(1u, LaneProtocol.DisplayPort)]
    [InlineData(3u, LaneProtocol.DisplayPort)]
    [InlineData(0u, LaneProtocol.Sgmii)]
    [InlineData(1u, LaneProtocol.Sgmii)]
    [InlineData(2u, LaneProtocol.Sgmii)]
    [InlineData(3u, LaneProtocol.Sgmii)]
    public void Every_protocol_comes_up_on_its_lanes_and_its_controller_leaves_reset(uint lane, LaneProtocol protocol)
    {
        PhyMachine machine = new(new SimulatedPsGtrOptions { IsStrict = true });
        Assert.True(LaneMatrix.TryInstance(lane, protocol, out uint instance));
        LanePlan plan = default;
        Assert.Equal(LaneProblem.None, plan.Add(lane, PhyMachine.Setup(protocol, instance, 1, 125_000_000)));
        (uint, uint, uint Full, uint Low, uint Ethernet) before = machine.State;

        machine.Start(PhyMachine.Settings(plan));

        Assert.True(machine.Lanes.IsLocked(lane));
        Assert.Empty(machine.Lanes.Violations);
        (uint, uint, uint Full, uint Low, uint Ethernet) after = machine.State;
        uint released = protocol switch
        {
            LaneProtocol.Sata => before.Full & ~after.Full & 2,
            LaneProtocol.DisplayPort => before.Full & ~after.Full & 0x1_0000,
            LaneProtocol.Usb3 => (before.Low & ~after.Low) == 0x540u << (int)instance ? 1u : 0,
            _ => before.Ethernet & ~after.Ethernet & (1u << (int)lane),
        };
        Assert.NotEqual(0u, released);
    }

    [Fact]
    public void Two_lanes_of_one_display_wait_for_the_pll_of_the_first()
    {
        PhyMachine machine = new();
        LanePlan plan = default;
        plan.Add(0, PhyMachine.Setup(LaneProtocol.DisplayPort, 1, 3, 27_000_000));
        plan.Add(1, PhyMachine.Setup(LaneProtocol.DisplayPort, 0, 3, 27_000_000));

        machine.Start(PhyMachine.Settings(plan));

        Assert.Equal((false, true), (machine.Lanes.IsLocked(0), machine.Lanes.IsLocked(1)));
    }

    [Fact]
    public void All_lanes_of_the_zcu102_come_up_together()
    {
        PhyMachine machine = new(new SimulatedPsGtrOptions { IsStrict = true });

        machine.Start(PhyMachine.Settings(PhyMachine.Zcu102()));

        Assert.Equal((0x41u, 0x23u), (machine.Lanes.Peek(PsGtr.Offsets.IcmCfg0), machine.Lanes.Peek(PsGtr.Offsets.IcmCfg1)));
        Assert.Equal(3u, machine.Lanes.SataLane & 3);
    }

    [Fact]
    public void H3_When_lane_2_does_not_come_up_lanes_1_and_0_are_switched_off_once_each_the_last_first()
    {
        PhyMachine machine = new(new SimulatedPsGtrOptions { NeverLocks = 1 << 2 });
        LanePlan plan = PhyMachine.Pcie(1);
        plan.Add(1, PhyMachine.Setup(LaneProtocol.DisplayPort, 0, 3, 27_000_000));
        plan.Add(2, PhyMachine.Setup(LaneProtocol.Usb3, 0, 2, 26_000_000));
        (uint, uint, uint, uint, uint) before = machine.State;

        List<uint> switchedOff = SwitchedOff(machine, () => Assert.Equal(
            "PS_GTR.Ln_PLL_STATUS_READ_1[2] shows 0x00000001; its bits 0x00000010 should be 0x00000010", machine.Refusal(PhyMachine.Settings(plan))));

        Assert.Equal([2u, 1u, 0u], switchedOff);
        Assert.Equal(before, machine.State);
    }

    [Fact]
    public void H3_So_are_the_lanes_of_a_wide_link_when_its_third_does_not_keep_what_is_written()
    {
        PhyMachine machine = new();
        (uint, uint, uint, uint, uint) before = machine.State;
        StubbornBus bus = new(machine.Machine.Bus, Serdes + PsGtr.Offsets.PllRefSel0 + 8);
        BridgeRefusal refusal = default;

        List<uint> switchedOff = SwitchedOff(
            machine, () => Assert.False(PsGtr<StubbornBus>.TryStart(bus, machine.Clock, PhyMachine.Settings(PhyMachine.Pcie(4)), out _, out refusal)));

        Assert.StartsWith("PS_GTR.PLL_REF_SEL2 shows", RefusalText.Of(refusal), StringComparison.Ordinal);
        Assert.Equal([1u, 0u], switchedOff);
        Assert.Equal(before, machine.State);
    }

    [Fact]
    public void A_pll_has_ten_milliseconds_and_the_calibration_one()
    {
        foreach ((SimulatedPsGtrOptions options, ulong most) in ((SimulatedPsGtrOptions, ulong)[])
            [(new SimulatedPsGtrOptions { NeverLocks = 1 }, 20_000), (new SimulatedPsGtrOptions { NeverCalibrates = true }, 3_000)])
        {
            PhyMachine machine = new(options);
            ulong start = machine.Machine.PassMicroseconds(0);

            string refusal = machine.Refusal(PhyMachine.Settings(PhyMachine.Pcie(1)));

            Assert.StartsWith(options.NeverCalibrates ? "PS_GTR.L3_CALIB_DONE_STATUS shows" : "PS_GTR.Ln_PLL_STATUS_READ_1 shows", refusal, StringComparison.Ordinal);
            Assert.InRange(machine.Machine.PassMicroseconds(0) - start, most / 20, most);
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(26_000_000u)]
    public void A_clock_that_is_not_there_or_not_what_the_plan_says_never_locks(uint hertz)
    {
        PhyMachine machine = new(new SimulatedPsGtrOptions { Clocks = [hertz, 0, 0, 0] });

        Assert.StartsWith("PS_GTR.Ln_PLL_STATUS_READ_1 shows", machine.Refusal(PhyMachine.Settings(PhyMachine.Pcie(1))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_termination_is_measured_and_forced_before_the_first_lane_and_not_while_a_lane_is_in_use()
    {
        PhyMachine machine = new();
        PsGtrSettings settings = PhyMachine.Settings(PhyMachine.Pcie(1)) with { FixesTermination = true };
        PsGtr<SimulatedBus> lanes = machine.Start(settings);
        Assert.Equal(0x2Bu >> 3, machine.Lanes.Peek(PsGtr.Offsets.L3TmCalibDig19));
        Assert.Equal(((0x2Bu & 7) << 5) | 0x10, machine.Lanes.Peek(PsGtr.Offsets.L3TmCalibDig18));

        Assert.StartsWith("PS_GTR.ICM_CFG0 shows 0x00000001", machine.Refusal(settings), StringComparison.Ordinal);
        Assert.True(lanes.IsReady(out _));
    }

    [Fact]
    public void Termination_and_bias_are_measured_eleven_times_and_the_codes_that_came_most_often_are_forced()
    {
        (uint, uint, uint, uint)[] measured =
        [
            (0x2B, 0x39, 0x0D, 0x08), (0x3C, 0x26, 0x12, 0x0C), (0x2B, 0x39, 0x0D, 0x08), (0x30, 0x27, 0x0E, 0x07), (0x2B, 0x39, 0x0E, 0x08), (0x3F, 0x00, 0x1F, 0x0F),
            (0x2C, 0x39, 0x0D, 0x06), (0x3F, 0x00, 0x1F, 0x0F), (0x2C, 0x28, 0x0E, 0x07), (0x3F, 0x3F, 0x1F, 0x0F), (0x2C, 0x39, 0x11, 0x08),
        ];
        PhyMachine machine = new(new SimulatedPsGtrOptions { IsStrict = true, Codes = measured });

        machine.Start(PhyMachine.Settings(PhyMachine.Pcie(1)) with { Calibrates = true });

        // 0x2B and 0x2C came three times each: the higher one wins; 0x0D and 0x0E too. What is out of range does not count.
        AssertForced(machine, positive: 0x2C, negative: 0x39, bias: 0x0E, receiver: 0x08);
        Assert.Equal(12, machine.Lanes.Calibrations);
        Assert.True(machine.Lanes.IsLocked(0));
        Assert.Empty(machine.Lanes.Violations);
    }

    [Fact]
    public void Where_no_measured_code_is_in_range_the_highest_ones_are_forced()
    {
        PhyMachine machine = new(new SimulatedPsGtrOptions { Codes = [(0x20, 0x20, 0x1F, 0x0F)] });

        machine.Start(PhyMachine.Settings(PhyMachine.Zcu102()) with { Calibrates = true });

        AssertForced(machine, positive: 0x3C, negative: 0x3C, bias: 0x12, receiver: 0x0C);
    }

    [Fact]
    public void A_calibration_that_does_not_end_or_comes_while_a_lane_is_in_use_is_refused_and_leads_no_lane_anywhere()
    {
        PhyMachine machine = new(new SimulatedPsGtrOptions { NeverCalibrates = true });
        (uint, uint, uint, uint, uint) before = machine.State;
        PsGtrSettings settings = PhyMachine.Settings(PhyMachine.Zcu102()) with { Calibrates = true };
        Assert.StartsWith("PS_GTR.L3_CALIB_DONE_STATUS shows", machine.Refusal(settings), StringComparison.Ordinal);
        Assert.Equal(before, machine.State);

        PhyMachine busy = new();
        busy.Start(PhyMachine.Settings(PhyMachine.Pcie(1)));
        Assert.StartsWith("PS_GTR.ICM_CFG0 shows 0x00000001", busy.Refusal(settings), StringComparison.Ordinal);
        Assert.True(busy.Lanes.IsLocked(0));
    }

    [Fact]
    public void What_firmware_brought_up_is_looked_at_and_not_touched()
    {
        PhyMachine machine = new();
        machine.Start(PhyMachine.Settings(PhyMachine.Zcu102()));
        int writes = 0;
        machine.Machine.Accessed = (_, isWrite, _) => writes += isWrite ? 1 : 0;

        PsGtr<SimulatedBus> lanes = machine.Start(PhyMachine.Settings(PhyMachine.Zcu102(), BringUpPolicy.Firmware));
        Assert.True(lanes.IsReady(LaneProtocol.Sata, out _));
        Assert.Equal(0, writes);

        LanePlan other = default;
        other.Add(0, PhyMachine.Setup(LaneProtocol.Sgmii, 0, 0, 100_000_000));
        Assert.Equal(
            "PS_GTR.ICM_CFG0 shows 0x00000041; its bits 0x00000007 should be 0x00000005", machine.Refusal(PhyMachine.Settings(other, BringUpPolicy.Firmware)));
        Assert.Equal(0, writes);
    }

    [Theory]
    [InlineData(PsGtr.Offsets.IcmCfg0, 0u, "ICM_CFG0")]
    [InlineData(PsGtr.Offsets.PllRefSel0, 0x8u, "PLL_REF_SEL0")]
    [InlineData(PsGtr.Offsets.L0L0RefClkSel, 0x2u, "L0_L0_REF_CLK_SEL")]
    [InlineData(PsGtr.Offsets.TmCmnRst, 1u, "L3_CALIB_DONE_STATUS")]
    public void H4_A_bridge_whose_lanes_are_not_as_planned_is_refused_before_any_access_to_config_space(uint offset, uint value, string register)
    {
        foreach (BringUpPolicy policy in (BringUpPolicy[])[BringUpPolicy.Firmware, BringUpPolicy.Hypervisor, BringUpPolicy.HardwareDomain])
        {
            PhyMachine machine = new();
            machine.Start(PhyMachine.Settings(PhyMachine.Pcie(1)));
            NwlHostBridge<SimulatedBus> bridge = StartBridge(machine, BringUpPolicy.Hypervisor, PhyMachine.Pcie(1), out BridgeRefusal refusal);
            Assert.True(bridge.IsReady(out refusal), RefusalText.Of(refusal));
            machine.Machine.Write(Serdes + offset, AccessWidth.Word, value);
            AssertRefused(machine, bridge, policy, register);
        }
    }

    [Fact]
    public void H4_So_is_one_whose_pll_has_lost_its_lock()
    {
        PhyMachine machine = new(new SimulatedPsGtrOptions { LockMicroseconds = 500 });
        machine.Start(PhyMachine.Settings(PhyMachine.Pcie(1)));
        NwlHostBridge<SimulatedBus> bridge = StartBridge(machine, BringUpPolicy.Hypervisor, PhyMachine.Pcie(1), out _);
        machine.Machine.Write(Serdes + PsGtr.Offsets.PllRefSel0, AccessWidth.Word, 8);
        machine.Machine.Write(Serdes + PsGtr.Offsets.PllRefSel0, AccessWidth.Word, 0xD);

        AssertRefused(machine, bridge, BringUpPolicy.Firmware, "Ln_PLL_STATUS_READ_1");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Whichever_step_goes_wrong_every_lane_is_up_or_every_lane_is_off_with_its_controller_in_reset(bool isWide, bool calibrates)
    {
        PsGtrSettings settings = PhyMachine.Settings(isWide ? PhyMachine.Pcie(2) : PhyMachine.Zcu102()) with { FixesTermination = !calibrates, Calibrates = calibrates };
        (uint, uint, uint, uint, uint) before = new PhyMachine().State;
        ((uint, uint, uint, uint, uint) wanted, int steps) = Outcome(settings, -1, out bool started, out _);
        Assert.True(started);
        HashSet<string> named = [];
        for (int step = 0; step < steps; step++)
        {
            ((uint, uint, uint, uint, uint) state, _) = Outcome(settings, step, out started, out BridgeRefusal refusal);
            Assert.True(state == (started ? wanted : before), $"step {step}: {state}, {RefusalText.Of(refusal)}");
            Assert.Equal(started, refusal.IsNone);
            named.Add(RefusalText.Of(refusal).Split(' ')[0]);
        }

        Assert.InRange(named.Count, isWide ? 50 : 80, 400);
        Assert.DoesNotContain(named, name => name.StartsWith('a'));
    }

    private static void AssertForced(PhyMachine machine, uint positive, uint negative, uint bias, uint receiver)
    {
        Assert.Equal(8 | ((positive >> 2) & 7), machine.Lanes.Peek(PsGtr.Offsets.L3TmCalibDig20) & 0x0F);
        Assert.Equal(((positive & 3) << 6) | 0x24 | ((negative >> 3) & 3), machine.Lanes.Peek(PsGtr.Offsets.L3TmCalibDig19) & 0xE7);
        Assert.Equal(((negative & 7) << 5) | 0x10, machine.Lanes.Peek(PsGtr.Offsets.L3TmCalibDig18) & 0xF0);
        Assert.Equal((receiver >> 1) & 7, machine.Lanes.Peek(PsGtr.Offsets.L3TmCalibDig16) & 7);
        Assert.Equal(((receiver & 1) << 7) | 0x48 | ((bias >> 1) & 7), machine.Lanes.Peek(PsGtr.Offsets.L3TmCalibDig15) & 0xCF);
        Assert.Equal(((bias & 1) << 7) | 0x40, machine.Lanes.Peek(PsGtr.Offsets.L3TmCalibDig14) & 0xC0);
    }

    private static ((uint, uint, uint, uint, uint) State, int Steps) Outcome(PsGtrSettings settings, int failsAt, out bool started, out BridgeRefusal refusal)
    {
        PhyMachine machine = new();
        FaultPlan plan = new() { FailsAt = failsAt };
        started = PsGtr<FaultyBus>.TryStart(new FaultyBus(machine.Machine.Bus, plan), machine.Clock, settings, out _, out refusal);
        return (machine.State, plan.Steps);
    }

    private static NwlHostBridge<SimulatedBus> StartBridge(PhyMachine machine, BringUpPolicy policy, LanePlan plan, out BridgeRefusal refusal)
    {
        NwlSettings settings = new()
        {
            Policy = policy,
            Bridge = new RegisterAddress(0xFD0E_0000),
            Attributes = new RegisterAddress(0xFD48_0000),
            Config = new EcamWindow(0x80_0000_0000, 16 << 20, 0, 255),
            Transceivers = PhyMachine.Settings(plan),
        };
        _ = NwlHostBridge<SimulatedBus>.TryStart(machine.Machine.Bus, machine.Clock, settings, out NwlHostBridge<SimulatedBus> bridge, out refusal);
        return bridge;
    }

    private static void AssertRefused(PhyMachine machine, NwlHostBridge<SimulatedBus> bridge, BringUpPolicy policy, string register)
    {
        int others = 0;
        machine.Machine.Accessed = (address, isWrite, _) => others += isWrite || address < Serdes || address >= Serdes + 0x4_0000 ? 1 : 0;
        Assert.False(bridge.IsReady(out BridgeRefusal refusal));
        Assert.StartsWith("PS_GTR." + register + " shows", RefusalText.Of(refusal), StringComparison.Ordinal);
        _ = StartBridge(machine, policy, PhyMachine.Pcie(1), out refusal);
        Assert.StartsWith("PS_GTR." + register + " shows", RefusalText.Of(refusal), StringComparison.Ordinal);
        Assert.Equal(0, others);
    }

    /// <summary>Which lanes' connection was cut, in order.</summary>
    private static List<uint> SwitchedOff(PhyMachine machine, Action bringUp)
    {
        List<uint> lanes = [];
        uint[] before = new uint[4];
        machine.Machine.Accessed = (address, isWrite, value) =>
        {
            if (!isWrite || address - Serdes - PsGtr.Offsets.IcmCfg0 > 4)
            {
                return;
            }

            uint first = address == Serdes + PsGtr.Offsets.IcmCfg0 ? 0u : 2;
            for (uint lane = first; lane < first + 2; lane++)
            {
                uint protocol = (uint)(value >> ((int)(lane & 1) * 4)) & 7;
                if (before[lane] != 0 && protocol == 0)
                {
                    lanes.Add(lane);
                }

                before[lane] = protocol;
            }
        };
        bringUp();
        return lanes;
    }

    /// <summary>A bus on which one register does not take what is written.</summary>
    private readonly struct StubbornBus(SimulatedBus bus, ulong stubborn) : IRegisterBus
    {
        public byte Read8(RegisterAddress address) => bus.Read8(address);

        public ushort Read16(RegisterAddress address) => bus.Read16(address);

        public uint Read32(RegisterAddress address) => bus.Read32(address);

        public ulong Read64(RegisterAddress address) => bus.Read64(address);

        public void Write8(RegisterAddress address, byte value) => bus.Write8(address, value);

        public void Write16(RegisterAddress address, ushort value) => bus.Write16(address, value);

        public void Write32(RegisterAddress address, uint value)
        {
            if (address.Value != stubborn)
            {
                bus.Write32(address, value);
            }
        }

        public void Write64(RegisterAddress address, ulong value) => bus.Write64(address, value);
    }
}
