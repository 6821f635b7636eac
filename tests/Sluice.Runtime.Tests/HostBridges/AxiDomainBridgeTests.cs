using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class AxiDomainBridgeTests
{
    private const uint Fifo = 0x3_0000;

    private readonly AxiMachine _machine = new();
    private AxiDomainBridge<SimulatedBus> _domain;

    public AxiDomainBridgeTests()
    {
        _domain = new(_machine.Machine.Bus, Settings);
    }

    private static AxiPcieSettings Settings => AxiMachine.Settings with { Policy = BringUpPolicy.HardwareDomain };

    [Fact]
    public void A_domain_s_own_driver_brings_the_bridge_up_through_the_traps()
    {
        Assert.False(XilinxAxiHostBridge<SimulatedBus>.TryStart(_machine.Machine.Bus, Settings, out _, out BridgeRefusal refusal));
        Assert.StartsWith("AXI_PCIE.RPSC shows 0x00000000", RefusalText.Of(refusal), StringComparison.Ordinal);

        // As Linux' pcie-xilinx does it: mask, clear, unmask, open; it writes the bus numbers itself.
        Write(AxiPcie.Offsets.Imr, 0);
        Write(AxiPcie.Offsets.Idr, Read(AxiPcie.Offsets.Idr) & 0x1FF3_0FED);
        Write(AxiPcie.Offsets.Imr, 0x1FF3_0FED);
        Write(AxiPcie.Offsets.Rpsc, Read(AxiPcie.Offsets.Rpsc) | 1);
        _machine.Bridge.RootPort.Poke(0x18, AccessWidth.Word, 0x000F_0100);

        Assert.True(_machine.Start(Settings).IsReady(out _));
        Assert.Equal(0x1FF0_0F0Du, _machine.Bridge.Peek(AxiPcie.Offsets.Imr));
    }

    [Fact]
    public void Messages_and_the_FIFO_stay_the_hypervisor_s_whatever_is_written()
    {
        _machine.Start();
        _machine.Machine.Write(AxiMachine.Config + AxiPcie.Offsets.Imr, AccessWidth.Word, Fifo);
        _machine.Machine.Write(AxiMachine.Config + AxiPcie.Offsets.Rpmsib2, AccessWidth.Word, 0x4000_0000);
        _machine.Bridge.SetLine(new RequesterId(0x0100), 1, isAsserted: true);
        uint events = (uint)_machine.Machine.Read(AxiMachine.Config + AxiPcie.Offsets.Idr, AccessWidth.Word) & Fifo;
        Assert.NotEqual(0u, events);
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int step = 0; step < 20_000; step++)
        {
            AccessWidth width = (AccessWidth)(1 << random.Next(4));
            uint offset = (uint)random.Next(0x100, 0x300) & ~((uint)width - 1);
            _domain.Write(offset, width, new GuestValue((ulong)random.NextInt64()));
            _domain.Read(offset, width, out _);
        }

        Assert.Equal(1, _machine.Bridge.FifoLevel);
        Assert.Equal(events, _machine.Bridge.Peek(AxiPcie.Offsets.Idr) & Fifo);
        Assert.Equal(Fifo, _machine.Bridge.Peek(AxiPcie.Offsets.Imr) & Fifo);
        Assert.Equal((0u, 0x4000_0000u), (_machine.Bridge.Peek(AxiPcie.Offsets.Rpmsib1), _machine.Bridge.Peek(AxiPcie.Offsets.Rpmsib2)));
        Assert.True(_domain.Denied > 0, $"seed {seed}");
    }

    [Fact]
    public void The_domain_sees_its_link_and_its_doorbell_as_it_wrote_it()
    {
        Assert.NotEqual(0u, Read(AxiPcie.Offsets.Pscr) & 0x800);
        Write(AxiPcie.Offsets.Rpmsib2, 0x1234_5678);
        Assert.Equal(0x1234_5000u, Read(AxiPcie.Offsets.Rpmsib2));
        Assert.Equal(0u, Read(AxiPcie.Offsets.Rpifr1));
    }

    private uint Read(uint offset)
    {
        _domain.Read(offset, AccessWidth.Word, out ulong value);
        return (uint)value;
    }

    private void Write(uint offset, uint value) => _domain.Write(offset, AccessWidth.Word, new GuestValue(value));
}
