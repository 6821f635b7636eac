using System.Collections.Generic;
using System.Text;
using Sluice.Registers.Blocks.Tests.Zynqmp;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>The generated bring-up of the lanes, on registers that keep what is written and, but for one, answer what is waited for.</summary>
public sealed class LaneBringUp
{
    private const ulong PcieResets = 0xE0000;

    private readonly RegisterModelBus _bus = new([]);

    public LaneBringUp()
    {
        Set(CrfApb.BaseAddress + CrfApb.Offsets.RstFpdTop, 0xF9FFE);
        Set(PsGtr.BaseAddress + PsGtr.Offsets.L3CalibDoneStatus, 3);
        for (uint lane = 0; lane < 4; lane++)
        {
            Set(PsGtr.BaseAddress + PsGtr.Offsets.LnPllStatusRead1 + (lane * 0x4000), 0x11);
        }

        Set(NwlAttributes.BaseAddress + NwlAttributes.Offsets.PcieStatus, 2);
    }

    [Fact]
    public void Pcie_comes_up_on_its_lane_and_leaves_its_resets()
    {
        Assert.True(Pcie(widthCode: 0, out _));
        Assert.Equal(1ul, Lanes(PsGtr.Offsets.IcmCfg0));
        Assert.Equal(0xDul, Lanes(PsGtr.Offsets.PllRefSel0));
        Assert.Equal(0x80ul, Lanes(PsGtr.Offsets.L0L0RefClkSel));
        Assert.Equal(0x64ul, Lanes(PsGtr.Offsets.LnTmIqIll1));
        Assert.Equal(0xF9FFEul & ~PcieResets, Get(CrfApb.BaseAddress + CrfApb.Offsets.RstFpdTop));
        Assert.Equal(0x41ul, Get(NwlAttributes.BaseAddress + NwlAttributes.Offsets.Attr97));
        Assert.Equal(0x10EED021ul, Get(NwlAttributes.BaseAddress + NwlAttributes.Offsets.Id));
    }

    [Theory]
    [InlineData(0, 0x01, 0x00, 0x041)]
    [InlineData(1, 0x11, 0x00, 0x082)]
    [InlineData(2, 0x11, 0x11, 0x104)]
    public void Pcie_has_its_first_lanes_all_on_the_first_ones_pll(uint widthCode, ulong firstLanes, ulong lastLanes, ulong width)
    {
        for (uint lane = 1; lane < 4; lane++)
        {
            Set(PsGtr.BaseAddress + PsGtr.Offsets.LnPllStatusRead1 + (lane * 0x4000), 0x1);
        }

        Assert.True(Pcie(widthCode, out _));
        Assert.Equal((firstLanes, lastLanes), (Lanes(PsGtr.Offsets.IcmCfg0), Lanes(PsGtr.Offsets.IcmCfg1)));
        Assert.Equal(width, Get(NwlAttributes.BaseAddress + NwlAttributes.Offsets.Attr97));
        Assert.Equal(widthCode == 0 ? 0ul : 1, Lanes(PsGtr.Offsets.L0L1RefClkSel));
        Assert.False(Pcie(widthCode: 3, out _));
    }

    [Fact]
    public void The_link_may_run_at_its_second_speed_and_says_whether_it_is_active()
    {
        Assert.True(Pcie(widthCode: 0, out _));
        Assert.Equal(0x4A00ul, Get(NwlAttributes.BaseAddress + NwlAttributes.Offsets.Attr37));
        Assert.Equal(0x8000ul, Get(NwlAttributes.BaseAddress + NwlAttributes.Offsets.Attr35));
    }

    [Fact]
    public void A_lane_has_one_clock_buffer_whoever_chose_it_before()
    {
        Set(PsGtr.BaseAddress + PsGtr.Offsets.L0L3RefClkSel, 0x9F);
        Assert.True(PsGtr.TryLaneReference(Registers(), default(HurriedClock), 3, 0xF, 1, out _));
        Assert.Equal(0x2ul, Lanes(PsGtr.Offsets.L0L3RefClkSel));
        Assert.True(PsGtr.TryLaneReference(Registers(), default(HurriedClock), 3, 0xF, 3, out _));
        Assert.Equal(0x80ul, Lanes(PsGtr.Offsets.L0L3RefClkSel));
        Assert.False(PsGtr.TryLaneReference(Registers(), default(HurriedClock), 3, 0xF, 4, out _));
    }

    [Fact]
    public void A_lane_leaves_the_others_as_they_are()
    {
        Set(PsGtr.BaseAddress + PsGtr.Offsets.IcmCfg0, 0x44);
        Set(PsGtr.BaseAddress + PsGtr.Offsets.IcmCfg1, 0x23);
        Assert.True(Pcie(widthCode: 0, out _));
        Assert.Equal((0x41ul, 0x23ul), (Lanes(PsGtr.Offsets.IcmCfg0), Lanes(PsGtr.Offsets.IcmCfg1)));
        foreach (ulong address in _bus.Written)
        {
            ulong offset = address - PsGtr.BaseAddress;
            Assert.False(offset < 0x10000 && offset / 0x4000 != 0, $"0x{address:X}");
        }
    }

    [Fact]
    public void The_core_is_a_root_port_before_it_leaves_reset()
    {
        Assert.True(Pcie(widthCode: 0, out _));
        int attributes = _bus.Written.LastIndexOf(NwlAttributes.BaseAddress + NwlAttributes.Offsets.Attr34);
        int released = _bus.Written.LastIndexOf(CrfApb.BaseAddress + CrfApb.Offsets.RstFpdTop);
        Assert.InRange(attributes, 1, released - 1);
    }

    [Fact]
    public void Lanes_whose_pll_does_not_lock_are_switched_off_and_their_controller_held_in_reset()
    {
        Set(PsGtr.BaseAddress + PsGtr.Offsets.LnPllStatusRead1, 0x1);
        Assert.False(Pcie(widthCode: 2, out SequenceFailure failure));
        Assert.Equal("PS_GTR.Ln_PLL_STATUS_READ_1", Encoding.ASCII.GetString(failure.Name));
        Assert.Equal((PsGtr.Offsets.LnPllStatusRead1, 0x10ul), (failure.Offset, failure.Mask));
        Assert.Equal((0ul, 0ul), (Lanes(PsGtr.Offsets.IcmCfg0), Lanes(PsGtr.Offsets.IcmCfg1)));
        Assert.Equal(PcieResets, Get(CrfApb.BaseAddress + CrfApb.Offsets.RstFpdTop) & PcieResets);
    }

    [Fact]
    public void The_termination_that_was_measured_is_forced()
    {
        Set(PsGtr.BaseAddress + PsGtr.Offsets.LnTxpmaSt3, 0x2B);
        Assert.True(PsGtr.TryTermination(Registers(), default(HurriedClock), 0, 3, out _));
        Assert.Equal(0x2Bul >> 3, Lanes(PsGtr.Offsets.L3TmCalibDig19));
        Assert.Equal(((0x2Bul & 7) << 5) | 0x10, Lanes(PsGtr.Offsets.L3TmCalibDig18));
        Assert.Equal(2ul, Lanes(PsGtr.Offsets.TmCmnRst));
    }

    private bool Pcie(uint widthCode, out SequenceFailure failure)
        => ZynqmpSequences.TryGtPcie(
            new NwlAttributes.Registers<RegisterModelBus>(_bus, new RegisterAddress(NwlAttributes.BaseAddress)),
            Registers(),
            new CrfApb.Registers<RegisterModelBus>(_bus, new RegisterAddress(CrfApb.BaseAddress)),
            new Siou.Registers<RegisterModelBus>(_bus, new RegisterAddress(Siou.BaseAddress)),
            default(HurriedClock),
            widthCode,
            0xD,
            0,
            out failure);

    private PsGtr.Registers<RegisterModelBus> Registers() => new(_bus, new RegisterAddress(PsGtr.BaseAddress));

    private ulong Lanes(uint offset) => Get(PsGtr.BaseAddress + offset);

    private ulong Get(ulong address) => _bus.Values.GetValueOrDefault(address);

    private void Set(ulong address, ulong value) => _bus.Values[address] = value;
}
