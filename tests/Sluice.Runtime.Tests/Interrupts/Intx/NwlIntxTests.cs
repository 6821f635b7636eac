using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Intx;

/// <summary>The NWL bridge's own interrupt lines.</summary>
public sealed class NwlIntxTests
{
    private const uint Interrupt = 148;
    private const uint MaskOffset = 0x424;

    private readonly NwlMachine _machine = new();

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(3u)]
    public void F5_The_mask_bit_of_INTA_is_bit_0_and_that_of_INTD_bit_3(uint line)
    {
        IntxLines<NwlIntxController<SimulatedBus>> lines = Lines();
        Assert.True(lines.TryTake(new OwnerId(1), line));
        Assert.Equal(1u << (int)line, _machine.Bridge.Peek(MaskOffset));

        _machine.Bridge.AssertedLines = 1u << (int)line;
        Assert.True(_machine.Bridge.IsLineRaised);
        Assert.True(lines.TryCollect(Interrupt, out uint fired));

        Assert.Equal(1u << (int)line, fired);
        Assert.Equal(0u, _machine.Bridge.Peek(MaskOffset));
        Assert.False(_machine.Bridge.IsLineRaised);
        lines.Settle(line, asserted: true);
        Assert.Equal(0u, _machine.Bridge.Peek(MaskOffset));
        lines.Settle(line, asserted: false);
        Assert.Equal(1u << (int)line, _machine.Bridge.Peek(MaskOffset));
    }

    [Fact]
    public void Lines_that_somebody_left_open_are_closed_and_of_those_that_are_asserted_only_open_ones_fire()
    {
        NwlMachine machine = _machine;
        machine.Start();
        machine.Write(MaskOffset, 0xF);
        NwlIntxController<SimulatedBus> lines = new(machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), Interrupt);
        Assert.Equal(0u, machine.Bridge.Peek(MaskOffset) & 0xF);

        machine.Bridge.SetLine(new RequesterId(1, 0, 0), 1, true);
        machine.Bridge.SetLine(new RequesterId(1, 0, 0), 2, true);
        Assert.True(lines.TryCollect(Interrupt, out uint fired));
        Assert.Equal(0u, fired);
        lines.Unmask(2);
        lines.Unmask(3);

        Assert.True(lines.TryCollect(Interrupt, out fired));
        Assert.Equal(0x4u, fired);
        Assert.Equal(0x8u, machine.Bridge.Peek(MaskOffset) & 0xF);
    }

    [Fact]
    public void Only_lines_that_somebody_owns_are_ever_unmasked()
    {
        IntxLines<NwlIntxController<SimulatedBus>> lines = Lines();
        Assert.Equal(0u, _machine.Bridge.Peek(MaskOffset));
        Assert.True(lines.TryTake(new OwnerId(1), 0));
        Assert.True(lines.TryTake(new OwnerId(2), 2));
        _machine.Bridge.AssertedLines = 0xF;

        Assert.True(lines.TryCollect(Interrupt, out uint fired));

        Assert.Equal(5u, fired);
        Assert.Equal(0u, _machine.Bridge.Peek(MaskOffset));
        lines.Settle(0, asserted: false);
        Assert.Equal(1u, _machine.Bridge.Peek(MaskOffset));
        lines.Release(new OwnerId(2), 2);
        Assert.Equal(1u, _machine.Bridge.Peek(MaskOffset));
        Assert.False(lines.TryCollect(Interrupt + 1, out _));
        Assert.False(lines.TryTake(new OwnerId(1), 4));
    }

    private IntxLines<NwlIntxController<SimulatedBus>> Lines()
    {
        _machine.Start();
        return new(new NwlIntxController<SimulatedBus>(_machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), Interrupt));
    }
}
