using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Phy;
using Sluice.Simulation;
using Sluice.Simulation.Phy;
using Sluice.Testing;
using Xunit;

namespace Sluice.Runtime.Tests.Phy;

public sealed class PsGtrDomainTests
{
    private const uint SerdesBytes = 0x4_0000;
    private const uint LaneBytes = 0x4000;

    private static readonly OwnerId s_domain = new(1);

    private static readonly uint[] s_shared =
    [
        PsGtr.Offsets.IcmCfg0, PsGtr.Offsets.IcmCfg1, PsGtr.Offsets.TxProtBusWidth, PsGtr.Offsets.RxProtBusWidth, PsGtr.Offsets.PllRefSel0, PsGtr.Offsets.PllRefSel3, PsGtr.Offsets.L0L0RefClkSel,
    ];

    [Fact]
    public void A_lane_of_pci_express_or_of_nobody_is_never_given_away_and_no_controller_has_two_owners()
    {
        LanePlan plan = PhyMachine.Pcie(1);
        plan.Add(1, PhyMachine.Setup(LaneProtocol.Sata, 1, 1, 125_000_000));
        plan.Add(2, PhyMachine.Setup(LaneProtocol.Sata, 0, 1, 125_000_000));
        LaneArbiter arbiter = new(plan);

        Assert.Equal(LaneProblem.NotOwned, arbiter.Give(0, s_domain));
        Assert.Equal(LaneProblem.NotOwned, arbiter.Give(3, s_domain));
        Assert.Equal(LaneProblem.NoSuchLane, arbiter.Give(4, s_domain));
        Assert.Equal(LaneProblem.None, arbiter.Give(1, s_domain));
        Assert.Equal(LaneProblem.NotOwned, arbiter.Give(1, new OwnerId(2)));
        Assert.Equal(LaneProblem.ControllerShared, arbiter.Give(2, new OwnerId(2)));
        Assert.Equal(LaneProblem.NotOwned, arbiter.Take(1, new OwnerId(2)));
        Assert.Equal(LaneProblem.None, arbiter.Take(1, s_domain));
        Assert.Equal(LaneProblem.None, arbiter.Give(2, new OwnerId(2)));
    }

    [Theory]
    [InlineData(0u, LaneProtocol.Sata)]
    [InlineData(3u, LaneProtocol.Sata)]
    [InlineData(1u, LaneProtocol.Usb3)]
    [InlineData(3u, LaneProtocol.Usb3)]
    [InlineData(1u, LaneProtocol.DisplayPort)]
    [InlineData(3u, LaneProtocol.DisplayPort)]
    [InlineData(0u, LaneProtocol.Sgmii)]
    [InlineData(2u, LaneProtocol.Sgmii)]
    public void Linux_own_driver_brings_a_lane_of_the_domain_up_through_the_traps(uint lane, LaneProtocol protocol)
    {
        Domain domain = new(lane, protocol);

        domain.DriveAsLinuxDoes(lane, protocol);

        Assert.True(domain.Machine.Lanes.IsLocked(lane));
        Assert.Equal(0u, domain.View.Refused);
    }

    [Fact]
    public void Linux_fix_of_the_termination_finds_its_values_back_and_stops_nobody_s_lane()
    {
        Domain domain = new(3, LaneProtocol.Sata, withPcie: true);

        domain.Modify(PhyBlock.Serdes, PsGtr.Offsets.TmCmnRst, 3, 2);
        domain.Modify(PhyBlock.Serdes, PsGtr.Offsets.TmCmnRst, 3, 1);
        domain.Write(PhyBlock.Serdes, PsGtr.Offsets.L3TmCalibDig18, 0);
        domain.Write(PhyBlock.Serdes, PsGtr.Offsets.L3TmCalibDig19, 0x20);
        Assert.Equal(0x20u, domain.Read(PhyBlock.Serdes, PsGtr.Offsets.L3TmCalibDig19));
        domain.Modify(PhyBlock.Serdes, PsGtr.Offsets.TmCmnRst, 3, 2);
        Assert.Equal(2u, domain.Read(PhyBlock.Serdes, PsGtr.Offsets.L3CalibDoneStatus) & 2);
        Assert.Equal(0x2Bu, domain.Read(PhyBlock.Serdes, PsGtr.Offsets.LnTxpmaSt3));

        Assert.True(domain.Machine.Lanes.IsLocked(0));
    }

    [Fact]
    public void A_domain_leads_its_lane_to_its_controller_or_to_none_and_never_to_pci_express()
    {
        Domain domain = new(3, LaneProtocol.Sata, withPcie: true);
        for (uint protocol = 0; protocol < 8; protocol++)
        {
            domain.Write(PhyBlock.Serdes, PsGtr.Offsets.IcmCfg1, 0);
            domain.Write(PhyBlock.Serdes, PsGtr.Offsets.IcmCfg1, protocol << 4);
            Assert.Equal(protocol == 2 ? 2u : 0, domain.Machine.Lanes.Peek(PsGtr.Offsets.IcmCfg1) >> 4);
        }

        Assert.Equal(6u, domain.View.Refused);
    }

    [Fact]
    public void Sata_is_told_of_a_lane_of_the_domain_only()
    {
        Domain domain = new(3, LaneProtocol.Sata, withPcie: true);
        foreach (uint lane in (uint[])[0, 1, 2])
        {
            domain.Write(PhyBlock.Siou, Siou.Offsets.SataMiscCtrl, lane);
            Assert.Equal(0u, domain.Machine.Lanes.SataLane & 3);
        }

        domain.Write(PhyBlock.Siou, Siou.Offsets.SataMiscCtrl, 3);
        Assert.Equal(3u, domain.Machine.Lanes.SataLane & 3);
    }

    [Theory]
    [InlineData(0u, LaneProtocol.Sgmii)]
    [InlineData(1u, LaneProtocol.DisplayPort)]
    [InlineData(2u, LaneProtocol.Usb3)]
    [InlineData(3u, LaneProtocol.Sata)]
    public void No_write_to_any_register_of_the_transceivers_changes_a_bit_of_another_lane(uint lane, LaneProtocol protocol)
    {
        Domain domain = new(lane, protocol, withPcie: lane != 0);
        int own = 0;
        domain.Machine.Machine.Accessed = (address, isWrite, value) => own += isWrite && AssertOwn(domain, address, value, lane) ? 1 : 0;
        foreach (uint value in (uint[])[0xFFFF_FFFF, 0, 0x5A])
        {
            for (uint offset = 0; offset < SerdesBytes; offset += 4)
            {
                domain.Write(PhyBlock.Serdes, offset, value);
            }
        }

        Assert.InRange(own, 60, 1000);
        Assert.True(domain.View.Refused > 0 && domain.View.Denied > 0);
    }

    [Fact]
    public void Nor_does_a_random_stream_of_accesses_of_any_width_to_any_of_the_blocks()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (uint lane = 0; lane < 4; lane++)
        {
            LaneProtocol[] protocols = [LaneProtocol.Sata, LaneProtocol.Usb3, LaneProtocol.DisplayPort, LaneProtocol.Sgmii];
            foreach (LaneProtocol protocol in protocols)
            {
                if (protocol == LaneProtocol.DisplayPort && lane % 2 == 0)
                {
                    continue;
                }

                Domain domain = new(lane, protocol, withPcie: lane != 0);
                uint[] places = [.. domain.Places];
                domain.Machine.Machine.Accessed = (address, isWrite, value) =>
                {
                    if (isWrite)
                    {
                        AssertOwn(domain, address, value, lane);
                    }
                };
                for (int step = 0; step < 4000; step++)
                {
                    AccessWidth width = (AccessWidth)(1 << random.Next(4));
                    PhyBlock block = (PhyBlock)random.Next(4);
                    uint offset = block switch
                    {
                        PhyBlock.Serdes => random.Next(4) == 0 ? (uint)random.Next((int)SerdesBytes) : places[random.Next(places.Length)] + (uint)random.Next(4),
                        _ => (uint)random.Next(0x400),
                    };
                    offset &= ~((uint)width - 1);
                    domain.Write(block, offset, (ulong)random.NextInt64(), width);
                    domain.Read(block, offset, width);
                }

                Assert.True(lane == 0 || domain.Machine.Lanes.IsLocked(0), $"seed {seed}");
                Assert.True(lane == 0 || (domain.Machine.Lanes.FullPowerReset & 0xE_0000) == 0, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Of_several_domains_at_once_none_changes_a_lane_of_another_however_lanes_change_hands()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        PhyMachine machine = new();
        machine.Start(PhyMachine.Settings(PhyMachine.Pcie(1)));
        LaneArbiter arbiter = new(PhyMachine.Zcu102());
        LaneWatch watch = new(machine, arbiter);
        OwnerId[] owners = [new(1), new(2), new(3)];
        PsGtrDomain<SimulatedBus>[] views = [.. owners.Select(owner => new PsGtrDomain<SimulatedBus>(machine.Machine.Bus, PsGtrSettings.Zynqmp, owner))];
        int given = 0;
        for (int step = 0; step < Effort.Of(20_000); step++)
        {
            int who = random.Next(owners.Length);
            uint lane = (uint)random.Next(5);
            if (random.Next(50) == 0)
            {
                given += arbiter.Give(lane, owners[who]) == LaneProblem.None ? 1 : 0;
                watch.Know(arbiter);
            }
            else if (random.Next(50) == 0)
            {
                arbiter.Take(lane, owners[who]);
                watch.Know(arbiter);
            }

            uint offset = random.Next(3) == 0 ? s_shared[random.Next(s_shared.Length)] : (uint)random.Next((int)SerdesBytes) & ~3u;
            watch.Run(owners[who], () => views[who].Write(arbiter, PhyBlock.Serdes, offset, AccessWidth.Word, new GuestValue((ulong)random.NextInt64())));
        }

        Assert.True(given > 0 && watch.Checks > given && machine.Lanes.IsLocked(0), $"seed {seed}");
    }

    [Theory]
    [InlineData(PsGtr.Offsets.L3TmCalibDig18, 1u)]
    [InlineData(PsGtr.Offsets.IcmCfg1, 0x30u)]
    [InlineData(PsGtr.Offsets.PllRefSel3, 5u)]
    [InlineData(PsGtr.Offsets.TxProtBusWidth, 0x40u)]
    public void A_change_of_somebody_else_s_lane_does_not_escape_the_watch(uint offset, uint value)
    {
        PhyMachine machine = new();
        LaneArbiter arbiter = new(PhyMachine.Zcu102());
        Assert.Equal(LaneProblem.None, arbiter.Give(3, s_domain));
        LaneWatch watch = new(machine, arbiter);
        Action change = () => machine.Machine.Write((PsGtrSettings.Zynqmp.Serdes + offset).Value, AccessWidth.Word, machine.Lanes.Peek(offset) ^ value);

        watch.Run(s_domain, change);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => watch.Run(new OwnerId(2), change));
    }

    [Fact]
    public void A_domain_resets_its_own_controller_and_sees_the_others_as_they_are()
    {
        Domain domain = new(3, LaneProtocol.Sata, withPcie: true);
        uint before = domain.Machine.Lanes.FullPowerReset;

        domain.Modify(PhyBlock.FullPowerResets, CrfApb.Offsets.RstFpdTop, 0xF_0002, 0);
        Assert.Equal(before & ~2u, domain.Machine.Lanes.FullPowerReset);
        domain.Write(PhyBlock.FullPowerResets, CrfApb.Offsets.RstFpdTop, 0xFF, AccessWidth.Byte);
        Assert.Equal(before | 2u, domain.Machine.Lanes.FullPowerReset);
        domain.Write(PhyBlock.FullPowerResets, CrfApb.Offsets.RstFpdTop + 2, 0xFF, AccessWidth.Byte);
        Assert.Equal(before | 2u, domain.Machine.Lanes.FullPowerReset);
        domain.Write(PhyBlock.LowPowerResets, CrlApb.Offsets.RstLpdTop, 0, AccessWidth.Word);
        Assert.NotEqual(0u, domain.Machine.Lanes.LowPowerReset & 0xFC0);
        Assert.Equal(before & 0xF_0000, domain.Read(PhyBlock.FullPowerResets, CrfApb.Offsets.RstFpdTop) & 0xF_0000);
    }

    [Fact]
    public void A_lane_that_was_taken_back_is_closed_at_once()
    {
        Domain domain = new(3, LaneProtocol.Sata);
        domain.DriveAsLinuxDoes(3, LaneProtocol.Sata);
        domain.TakeBack(3);

        domain.Write(PhyBlock.Serdes, PsGtr.Offsets.IcmCfg1, 0);
        domain.Write(PhyBlock.FullPowerResets, CrfApb.Offsets.RstFpdTop, 2);

        Assert.Equal(0x20u, domain.Machine.Lanes.Peek(PsGtr.Offsets.IcmCfg1));
        Assert.Equal(0u, domain.Machine.Lanes.FullPowerReset & 2);
        Assert.Equal(0u, domain.Read(PhyBlock.Serdes, PsGtr.Offsets.PllRefSel3));
    }

    [Fact]
    public void No_access_of_a_domain_allocates()
    {
        Domain domain = new(3, LaneProtocol.Sata);
        domain.DriveAsLinuxDoes(3, LaneProtocol.Sata);
        PsGtrDomain<NoRegisters> view = new(default, PsGtrSettings.Zynqmp, s_domain);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Churn(ref view, domain.Arbiter);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static void Churn(ref PsGtrDomain<NoRegisters> view, LaneArbiter arbiter)
    {
        for (uint offset = 0; offset < SerdesBytes; offset += 64)
        {
            view.Write(arbiter, PhyBlock.Serdes, offset, AccessWidth.Word, new GuestValue(offset));
            view.Read(arbiter, PhyBlock.Serdes, offset, AccessWidth.Word, out _);
            view.Write(arbiter, (PhyBlock)(offset & 3), 0x100, AccessWidth.Word, new GuestValue(offset));
        }
    }

    // A classification of its own: by place, not by what the view says.
    private static bool AssertOwn(Domain domain, ulong address, ulong value, uint lane)
    {
        ulong offset = address - PsGtrSettings.Zynqmp.Serdes.Value;
        if (offset >= SerdesBytes)
        {
            AssertOwnReset(domain, address, value, lane);
            return false;
        }

        bool isShared = offset is 0x10010 or 0x10014 or PsGtr.Offsets.TxProtBusWidth or PsGtr.Offsets.RxProtBusWidth;
        if (isShared)
        {
            uint changed = domain.Machine.Lanes.Peek((uint)offset) ^ (uint)value;
            uint own = offset is 0x10010 or 0x10014 ? (offset == 0x10010 + ((lane / 2) * 4) ? 0x7u << (int)((lane & 1) * 4) : 0) : 3u << (int)(lane * 2);
            Assert.Equal(0u, changed & ~own);
            return true;
        }

        Assert.Equal([lane], LaneWatch.LanesOf(domain.Machine, address, value));
        Assert.False(offset is 0xEF14 or 0xEC4C or 0xEC48, "the calibration is everybody's");
        return true;
    }

    private static void AssertOwnReset(Domain domain, ulong address, ulong value, uint lane)
    {
        LaneSetup setup = domain.Arbiter.Plan[lane];
        if (address == PsGtrSettings.Zynqmp.Siou.Value + Siou.Offsets.SataMiscCtrl)
        {
            Assert.Equal((LaneProtocol.Sata, lane), (setup.Protocol, (uint)value & 3));
            return;
        }

        (uint now, uint own) = address switch
        {
            0xFD1A_0100 => (domain.Machine.Lanes.FullPowerReset, setup.Protocol switch { LaneProtocol.Sata => 2u, LaneProtocol.DisplayPort => 0x1_0000u, _ => 0u }),
            0xFF5E_023C => (domain.Machine.Lanes.LowPowerReset, setup.Protocol == LaneProtocol.Usb3 ? 0x540u << (int)setup.Instance : 0),
            0xFF5E_0230 => (domain.Machine.Lanes.EthernetReset, setup.Protocol == LaneProtocol.Sgmii ? 1u << (int)lane : 0),
            _ => throw new InvalidOperationException($"0x{address:X}"),
        };
        Assert.Equal(0u, (now ^ (uint)value) & ~own);
    }

    private readonly struct NoRegisters : IRegisterBus
    {
        public byte Read8(RegisterAddress address) => 0;

        public ushort Read16(RegisterAddress address) => 0;

        public uint Read32(RegisterAddress address) => 0;

        public ulong Read64(RegisterAddress address) => 0;

        public void Write8(RegisterAddress address, byte value)
        {
        }

        public void Write16(RegisterAddress address, ushort value)
        {
        }

        public void Write32(RegisterAddress address, uint value)
        {
        }

        public void Write64(RegisterAddress address, ulong value)
        {
        }
    }

    /// <summary>A machine on which the hypervisor may have lane 0 for PCI Express, and a domain has one lane.</summary>
    private sealed class Domain
    {
        private readonly LaneWatch _watch;
        private LaneArbiter _arbiter;
        private PsGtrDomain<SimulatedBus> _view;

        public Domain(uint lane, LaneProtocol protocol, bool withPcie = false)
        {
            Machine = new PhyMachine();
            LanePlan plan = withPcie ? PhyMachine.Pcie(1) : default;
            Assert.True(LaneMatrix.TryInstance(lane, protocol, out uint instance));
            Assert.Equal(LaneProblem.None, plan.Add(lane, PhyMachine.Setup(protocol, instance, 1, 125_000_000)));
            if (withPcie)
            {
                Machine.Start(PhyMachine.Settings(PhyMachine.Pcie(1)));
            }

            _arbiter = new LaneArbiter(plan);
            Assert.Equal(LaneProblem.None, _arbiter.Give(lane, s_domain));
            _view = new PsGtrDomain<SimulatedBus>(Machine.Machine.Bus, PsGtrSettings.Zynqmp, s_domain);
            _watch = new LaneWatch(Machine, _arbiter);
        }

        public PhyMachine Machine { get; }

        public LaneArbiter Arbiter => _arbiter;

        public ref PsGtrDomain<SimulatedBus> View => ref _view;

        /// <summary>Where the view has registers: each offset at which a write is not denied.</summary>
        public IEnumerable<uint> Places
        {
            get
            {
                for (uint offset = 0; offset < SerdesBytes; offset += 4)
                {
                    if (_view.Read(_arbiter, PhyBlock.Serdes, offset, AccessWidth.Word, out _) == AccessResult.Done)
                    {
                        yield return offset;
                    }
                }
            }
        }

        public void TakeBack(uint lane)
        {
            Assert.Equal(LaneProblem.None, _arbiter.Take(lane, s_domain));
            _watch.Know(_arbiter);
        }

        public uint Read(PhyBlock block, uint offset, AccessWidth width = AccessWidth.Word)
        {
            ulong value = 0;
            _watch.Run(s_domain, () => _view.Read(_arbiter, block, offset, width, out value));
            return (uint)value;
        }

        public void Write(PhyBlock block, uint offset, ulong value, AccessWidth width = AccessWidth.Word)
            => _watch.Run(s_domain, () => _view.Write(_arbiter, block, offset, width, new GuestValue(value)));

        public void Modify(PhyBlock block, uint offset, uint mask, uint value) => Write(block, offset, (Read(block, offset) & ~mask) | value);

        /// <summary>Linux' phy_init and phy_power_on, with the resets of the vendor's older driver around them.</summary>
        public void DriveAsLinuxDoes(uint lane, LaneProtocol protocol)
        {
            uint at = lane * LaneBytes;
            (PhyBlock block, uint register, uint bits) = protocol switch
            {
                LaneProtocol.Sata => (PhyBlock.FullPowerResets, CrfApb.Offsets.RstFpdTop, 2u),
                LaneProtocol.DisplayPort => (PhyBlock.FullPowerResets, CrfApb.Offsets.RstFpdTop, 0x1_0000u),
                LaneProtocol.Usb3 => (PhyBlock.LowPowerResets, CrlApb.Offsets.RstLpdTop, lane == 3 ? 0xA80u : 0x540),
                _ => (PhyBlock.LowPowerResets, CrlApb.Offsets.RstLpdIou0, 1u << (int)lane),
            };
            Modify(block, register, bits, bits);
            Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTmPllDig37, 0x10);
            Modify(PhyBlock.Serdes, PsGtr.Offsets.PllRefSel0 + (lane * 4), 0x1F, 0xF);
            Modify(PhyBlock.Serdes, PsGtr.Offsets.L0L0RefClkSel + (lane * 4), 0x9F, lane == 1 ? 0x80u : 2);
            Modify(PhyBlock.Serdes, at + PsGtr.Offsets.LnPllSsStepSize0Lsb, 0xFF, 119_497 & 0xFF);
            Modify(PhyBlock.Serdes, at + PsGtr.Offsets.LnPllSsStepSize1, 0xFF, (119_497 >> 8) & 0xFF);
            Modify(PhyBlock.Serdes, at + PsGtr.Offsets.LnPllSsStepSize2, 0xFF, (119_497 >> 16) & 0xFF);
            Modify(PhyBlock.Serdes, at + PsGtr.Offsets.LnPllSsSteps0Lsb, 0xFF, 992 & 0xFF);
            Modify(PhyBlock.Serdes, at + PsGtr.Offsets.LnPllSsSteps1Msb, 0x7, 992 >> 8);
            Modify(PhyBlock.Serdes, at + PsGtr.Offsets.LnPllSsStepSize3Msb, 0x3, 0x30);
            Modify(PhyBlock.Serdes, lane < 2 ? PsGtr.Offsets.IcmCfg0 : PsGtr.Offsets.IcmCfg1, 7u << (int)((lane & 1) * 4), (uint)protocol << (int)((lane & 1) * 4));
            switch (protocol)
            {
                case LaneProtocol.DisplayPort:
                    Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTxpmdTm45, 0x37);
                    Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTxAnaTm118, 1);
                    Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTxpmdTm48, 0x2A);
                    Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTxAnaTm18, 2);
                    break;
                case LaneProtocol.Sata:
                    Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTmDig6, 0xF);
                    Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTxDigTm61, 0xF);
                    Write(PhyBlock.Siou, Siou.Offsets.SataMiscCtrl, lane);
                    break;
                case LaneProtocol.Sgmii:
                    Modify(PhyBlock.Serdes, PsGtr.Offsets.TxProtBusWidth, 3u << (int)(lane * 2), 0);
                    Modify(PhyBlock.Serdes, PsGtr.Offsets.RxProtBusWidth, 3u << (int)(lane * 2), 0);
                    Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTmDig6, 0xF);
                    Write(PhyBlock.Serdes, at + PsGtr.Offsets.LnTxDigTm61, 0xF);
                    break;
                default:
                    break;
            }

            Modify(block, register, bits, 0);
            bool isLocked = false;
            for (int microsecond = 0; microsecond < 1000 && !isLocked; microsecond++)
            {
                Machine.Machine.PassMicroseconds(1);
                isLocked = (Read(PhyBlock.Serdes, at + PsGtr.Offsets.LnPllStatusRead1) & 0x10) != 0;
            }

            Assert.True(isLocked);
            Assert.Equal((uint)protocol, (Machine.Lanes.Peek(lane < 2 ? PsGtr.Offsets.IcmCfg0 : PsGtr.Offsets.IcmCfg1) >> (int)((lane & 1) * 4)) & 7);
        }
    }
}
