using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class NwlDomainBridgeTests
{
    private readonly NwlMachine _machine = new();
    private NwlDomainBridge<SimulatedBus> _domain;

    public NwlDomainBridgeTests()
    {
        _domain = new(_machine.Machine.Bus, NwlMachine.Settings with { Policy = BringUpPolicy.HardwareDomain });
    }

    [Fact]
    public void A_domain_s_own_driver_brings_the_bridge_up_through_the_traps()
    {
        NwlMachine machine = new();
        DriveAsLinuxDoes(machine);

        NwlHostBridge<SimulatedBus> bridge = machine.Start(NwlMachine.Settings with { Policy = BringUpPolicy.HardwareDomain });

        Assert.True(bridge.IsReady(out _));
    }

    [Fact]
    public void Before_the_domain_is_done_the_bridge_is_refused()
        => Assert.Contains(
            "E_BREG_CONTROL shows 0x00000002",
            _machine.Refusal(NwlMachine.Settings with { Policy = BringUpPolicy.HardwareDomain }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(NwlBridge.Offsets.IMsiiBaseLo)]
    [InlineData(NwlBridge.Offsets.IMsiiBaseHi)]
    [InlineData(NwlBridge.Offsets.IMsiiControl)]
    [InlineData(NwlBridge.Offsets.EBregBaseLo)]
    [InlineData(NwlBridge.Offsets.EEcamBaseLo)]
    [InlineData(NwlBridge.Offsets.MsgfMsiStatusLo)]
    [InlineData(NwlBridge.Offsets.MsgfMsiMaskHi)]
    [InlineData(NwlBridge.Offsets.MsgfRxFifoPop)]
    [InlineData(NwlBridge.Offsets.TxPcieMsgExecute)]
    public void G11_What_is_the_hypervisor_s_is_kept_in_storage_or_dropped(uint offset)
    {
        byte[] before = _machine.Bridge.Save();

        _domain.Write(offset, AccessWidth.Word, new GuestValue(0xFFFF_FFFF));

        Assert.Equal(before, _machine.Bridge.Save());
    }

    [Fact]
    public void G11_No_write_of_a_domain_to_any_register_opens_a_window_or_a_way_from_the_link()
    {
        foreach (uint value in (uint[])[0xFFFF_FFFF, 0, 1, 0x0010_0001, 0xFFFF_FFF8])
        {
            for (uint offset = 0; offset < 0x1000; offset += 4)
            {
                _domain.Write(offset, AccessWidth.Word, new GuestValue(value));
                AssertSafe(offset);
            }
        }

        Assert.True(_domain.Refused > 0);
        Assert.True(_domain.Denied > 0);
    }

    [Fact]
    public void G11_Nor_does_a_random_stream_of_writes_of_any_width()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int step = 0; step < 20_000; step++)
        {
            AccessWidth width = (AccessWidth)(1 << random.Next(4));
            uint offset = (uint)random.Next(0x1000) & ~((uint)width - 1);
            _domain.Write(offset, width, new GuestValue((ulong)random.NextInt64()));
            AssertSafe((uint)seed);
        }
    }

    [Fact]
    public void A_domain_s_windows_are_the_board_s_or_none()
    {
        Write(NwlBridge.Offsets.EBregBaseLo, 0x1000_0000);
        Write(NwlBridge.Offsets.EBregControl, 1);
        Assert.Equal(2u, _machine.Bridge.Peek(NwlBridge.Offsets.EBregControl));
        Assert.Equal(1u, _domain.Refused);

        Write(NwlBridge.Offsets.EBregBaseLo, 0xFD0E_0000);
        Write(NwlBridge.Offsets.EBregControl, 1);
        Assert.Equal(1u, _machine.Bridge.Peek(NwlBridge.Offsets.EBregControl));

        Write(NwlBridge.Offsets.EEcamBaseLo, 0x1000_0000);
        Write(NwlBridge.Offsets.EEcamBaseHi, 0);
        Write(NwlBridge.Offsets.EEcamControl, 0x0010_0001);
        Assert.Equal(0x0C_0001u, _machine.Bridge.Peek(NwlBridge.Offsets.EEcamControl));
        Assert.Equal(0x80u, _machine.Bridge.Peek(NwlBridge.Offsets.EEcamBaseHi));
        Assert.Equal(2u, _domain.Refused);
    }

    [Fact]
    public void A_domain_sees_its_interrupt_lines_and_masks_them()
    {
        _machine.Bridge.AssertedLines = 5;
        Write(NwlBridge.Offsets.MsgfLegMask, 0xFFFF_FFFF);

        Assert.Equal(5u, Read(NwlBridge.Offsets.MsgfLegStatus));
        Assert.Equal(0xFu, _machine.Bridge.Peek(NwlBridge.Offsets.MsgfLegMask));
    }

    internal static void DriveAsLinuxDoes(NwlMachine machine)
    {
        NwlDomainBridge<SimulatedBus> domain = new(machine.Machine.Bus, NwlMachine.Settings with { Policy = BringUpPolicy.HardwareDomain });
        Assert.Equal(1u, Read(ref domain, NwlBridge.Offsets.EBregCapabilities) & 1);
        Write(ref domain, NwlBridge.Offsets.EBregBaseLo, 0xFD0E_0000);
        Write(ref domain, NwlBridge.Offsets.EBregBaseHi, 0);
        Write(ref domain, NwlBridge.Offsets.EBregControl, 1);
        Write(ref domain, NwlBridge.Offsets.BridgeCoreCfgPcieRx0, Read(ref domain, NwlBridge.Offsets.BridgeCoreCfgPcieRx0) | 7);
        Write(ref domain, NwlBridge.Offsets.IIsubControl, 1);
        Write(ref domain, NwlBridge.Offsets.BridgeCoreCfgPcieRxMsgFilter, 0xE);
        Assert.Equal(1u, Read(ref domain, NwlBridge.Offsets.EEcamCapabilities) & 1);
        Write(ref domain, NwlBridge.Offsets.EEcamControl, Read(ref domain, NwlBridge.Offsets.EEcamControl) | 1);
        Write(ref domain, NwlBridge.Offsets.EEcamControl, Read(ref domain, NwlBridge.Offsets.EEcamControl) | 0x0C_0000);
        Write(ref domain, NwlBridge.Offsets.EEcamBaseLo, 0);
        Write(ref domain, NwlBridge.Offsets.EEcamBaseHi, 0x80);
        machine.Machine.Write(NwlMachine.Config + 0x18, AccessWidth.Word, 0x000F_0100);
        Write(ref domain, NwlBridge.Offsets.MsgfMiscMask, 0x07D7_00F3);
        Write(ref domain, NwlBridge.Offsets.MsgfLegMask, 0xF);
        Write(ref domain, NwlBridge.Offsets.BridgeCoreCfgInterrupt, 1);
    }

    private static void Write(ref NwlDomainBridge<SimulatedBus> domain, uint offset, uint value) => domain.Write(offset, AccessWidth.Word, new GuestValue(value));

    private static uint Read(ref NwlDomainBridge<SimulatedBus> domain, uint offset)
    {
        domain.Read(offset, AccessWidth.Word, out ulong value);
        return (uint)value;
    }

    private void Write(uint offset, uint value) => Write(ref _domain, offset, value);

    private uint Read(uint offset) => Read(ref _domain, offset);

    // What a device behind the bridge, or the machine, could notice of a domain's misdeeds.
    private void AssertSafe(uint context)
    {
        string message = $"0x{context:X}";
        Assert.True((Hardware(NwlBridge.Offsets.BridgeCoreCfgPcieRx0) & 0x3_0000) == 0x3_0000, message);
        uint bar = Hardware(NwlBridge.Offsets.BridgeCoreCfgPcieRx0) & 7;
        Assert.True(bar is 7 or 0, message);
        Assert.True((Hardware(NwlBridge.Offsets.IMsiiControl) & 0x8001) == 0, message);
        Assert.True((Hardware(NwlBridge.Offsets.IMsixControl) & 1) == 0, message);
        Assert.True((Hardware(NwlBridge.Offsets.EBregControl) & 1) == 0 || Hardware(NwlBridge.Offsets.EBregBaseLo) == 0xFD0E_0000, message);
        Assert.True((Hardware(NwlBridge.Offsets.EEcamControl) & 1) == 0 || Hardware(NwlBridge.Offsets.EEcamBaseHi) == 0x80, message);
        Assert.True((Hardware(NwlBridge.Offsets.MsgfMiscMask) & 3) == 0, message);
        for (uint index = 0; index < 8; index++)
        {
            Assert.True((Hardware(NwlBridge.Offsets.TranIngressControl + (index * 0x20)) & 1) == 0, message);
            Assert.True((Hardware(NwlBridge.Offsets.TranEgressControl + (index * 0x20)) & 1) == 0, message);
        }
    }

    private uint Hardware(uint offset) => _machine.Bridge.Peek(offset);
}
