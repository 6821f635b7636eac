using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Xunit;
using AxiLines = Sluice.Runtime.Interrupts.AxiIntxController<Sluice.Runtime.Tests.Interrupts.Intx.AxiIntxTests.Place, Sluice.Runtime.Tests.Interrupts.Intx.AxiIntxTests.Place, Sluice.Simulation.SimulatedBus, Sluice.Simulation.SimulatedClock>;

namespace Sluice.Runtime.Tests.Interrupts.Intx;

/// <summary>The interrupt lines of the soft AXI-PCIe bridge, which come as changes through the FIFO of the messages.</summary>
public sealed class AxiIntxTests
{
    private const uint Interrupt = 84;
    private const ulong Doorbell = 0x6000_0000;

    private static readonly RequesterId s_first = new(1, 0, 0);
    private static readonly OwnerId s_owner = new(1);

    private readonly AxiMachine _machine = new();
    private readonly Shared _shared = new();

    public AxiIntxTests()
    {
        _machine.Start();
        Start();
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    public void A_line_fires_once_and_again_only_when_its_guest_has_served_it(uint line)
    {
        IntxLines<AxiLines> lines = Lines();
        Assert.True(lines.TryTake(s_owner, line));
        _machine.Bridge.SetLine(s_first, line, true);

        Assert.Equal(1u << (int)line, Take(ref lines));

        // The function serves one cause, and asserts for the next before its guest is done.
        _machine.Bridge.SetLine(s_first, line, false);
        _machine.Bridge.SetLine(s_first, line, true);
        Assert.Equal(0u, Take(ref lines));
        lines.Settle(line, asserted: true);
        Assert.Equal(0u, Take(ref lines));
        _machine.Bridge.SetLine(s_first, line, false);
        lines.Settle(line, asserted: false);
        Assert.Equal(0u, Take(ref lines));
        Assert.Equal((0, 0u), (_shared.Raised.Count, lines.Spurious));

        _machine.Bridge.SetLine(s_first, line, true);
        Assert.Equal(1u << (int)line, Take(ref lines));
    }

    [Fact]
    public void Masking_closes_one_line_and_unmasking_opens_it_whatever_was_said_before_and_no_line_beyond_the_last_is_known()
    {
        AxiLines lines = new(new Place(_shared), new Place(_shared));

        lines.Unmask(1);
        lines.Unmask(3);
        lines.Unmask(3);
        Assert.Equal(0xAu, _shared.Open);
        lines.Mask(1);
        lines.Mask(1);
        Assert.Equal(8u, _shared.Open);

        foreach (uint beyond in new[] { 4u, 5u, 32u, 35u, uint.MaxValue })
        {
            lines.Unmask(beyond);
            Assert.Equal(8u, _shared.Open);
            lines.Mask(beyond);
            Assert.Equal(8u, _shared.Open);
        }
    }

    [Fact]
    public void Somebody_else_s_interrupt_takes_no_line()
    {
        AxiLines lines = new(new Place(_shared), new Place(_shared));
        lines.Unmask(0);
        _machine.Bridge.SetLine(s_first, 0, true);
        PendingBits raised = default;
        _ = _shared.Controller.Collect(Interrupt, ref raised);

        Assert.False(lines.TryCollect(Interrupt + 1, out uint none));
        Assert.Equal((0u, 1u), (none, _shared.Open));

        Assert.True(lines.TryCollect(Interrupt, out uint taken));
        Assert.Equal((1u, 0u), (taken, _shared.Open));
    }

    [Fact]
    public void A_rise_that_came_while_the_line_was_masked_is_raised_when_it_is_unmasked()
    {
        IntxLines<AxiLines> lines = Lines();
        Assert.True(lines.TryTake(s_owner, 0));
        _machine.Bridge.SetLine(s_first, 0, true);
        Assert.Equal(1u, Take(ref lines));
        _machine.Bridge.SetLine(s_first, 0, false);
        _machine.Bridge.SetLine(s_first, 0, true);
        Assert.Equal(0u, Take(ref lines));

        // Its functions are asked, and just then say no.
        lines.Settle(0, asserted: false);

        Assert.Equal([Interrupt], _shared.Raised);
        Assert.Equal(1u, Take(ref lines));
    }

    [Fact]
    public void A_line_that_was_asserted_before_the_driver_began_or_before_somebody_took_it_is_raised()
    {
        AxiMachine machine = new();
        machine.Start();
        machine.Bridge.SetLine(s_first, 2, true);
        Start(machine);
        IntxLines<AxiLines> lines = Lines();
        Assert.Equal(4u, _shared.Controller.AssertedLines);

        Assert.True(lines.TryTake(s_owner, 2));

        Assert.Equal([Interrupt], _shared.Raised);
        Assert.Equal(4u, Take(ref lines));
        lines.Release(s_owner, 2);
        Assert.True(lines.TryTake(new OwnerId(2), 2));
        Assert.Equal([Interrupt, Interrupt], _shared.Raised);
        Assert.Equal(4u, Take(ref lines));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_driver_is_asked_first_neither_message_nor_line_is_lost(bool linesFirst)
    {
        IntxLines<AxiLines> lines = Lines();
        Assert.True(lines.TryTake(s_owner, 1));
        MsiRequest request = new() { Owner = s_owner, Requester = s_first, Count = 2 };
        Assert.True(_shared.Controller.TryAllocate(in request, out _));
        Send(0);
        _machine.Bridge.SetLine(s_first, 1, true);
        Send(1);

        PendingBits raised = default;
        uint fired = linesFirst ? Fired(ref lines) : 0;
        Assert.True(_machine.Bridge.IsRaised);
        Assert.Equal(MsiCollection.Done, _shared.Controller.Collect(Interrupt, ref raised));
        fired |= linesFirst ? 0 : Fired(ref lines);

        Assert.Equal(2u, fired);
        Assert.Equal(2u, raised.Count);
        Assert.False(_machine.Bridge.IsRaised);
    }

    [Fact]
    public void After_a_loss_every_line_is_raised_once_and_its_functions_say_whether_it_is_asserted()
    {
        IntxLines<AxiLines> lines = Lines();
        Assert.True(lines.TryTake(s_owner, 0) && lines.TryTake(s_owner, 3));
        for (int change = 0; change < 40; change++)
        {
            _machine.Bridge.SetLine(s_first, 1, change % 2 == 0);
        }

        PendingBits raised = default;
        _ = _shared.Controller.Collect(Interrupt, ref raised);
        Assert.Equal(9u, Fired(ref lines));
        lines.Settle(0, asserted: false);
        lines.Settle(3, asserted: false);

        Assert.Empty(_shared.Raised);
        Assert.Equal(0u, Take(ref lines));
        Assert.Equal(2u, lines.Spurious);
        _machine.Bridge.SetLine(s_first, 3, true);
        Assert.Equal(8u, Take(ref lines));
    }

    [Fact]
    public void Lines_of_nobody_and_interrupts_of_others_fire_nothing()
    {
        IntxLines<AxiLines> lines = Lines();
        _machine.Bridge.SetLine(s_first, 0, true);
        Assert.Equal(0u, Take(ref lines));
        Assert.False(lines.TryCollect(Interrupt + 1, out _));
        Assert.False(lines.TryTake(s_owner, 4));
        Assert.Equal(0u, lines.Unowned);
    }

    private IntxLines<AxiLines> Lines() => new(new AxiLines(new Place(_shared), new Place(_shared)));

    private void Start() => Start(_machine);

    private void Start(AxiMachine machine)
    {
        Assert.True(AxiMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Machine.Bus, new RegisterAddress(AxiMachine.Config), new SimulatedClock(machine.Machine), Doorbell, Interrupt, [],
            out AxiMsiController<SimulatedBus, SimulatedClock> controller, out _));
        _shared.Controller = controller;
    }

    private void Send(uint data) => Assert.True(_machine.Bridge.TryWrite(s_first.Value, Doorbell, BitConverter.GetBytes(data)));

    private static uint Fired(ref IntxLines<AxiLines> lines)
    {
        Assert.True(lines.TryCollect(Interrupt, out uint fired));
        return fired;
    }

    private uint Take(ref IntxLines<AxiLines> lines)
    {
        PendingBits raised = default;
        Assert.Equal(MsiCollection.Done, _shared.Controller.Collect(Interrupt, ref raised));
        return Fired(ref lines);
    }

    public sealed class Shared
    {
        public AxiMsiController<SimulatedBus, SimulatedClock> Controller;
        public uint Open;

        public List<uint> Raised { get; } = [];
    }

    public readonly struct Place(Shared shared) : IAxiMessages<SimulatedBus, SimulatedClock>, IInterruptTrigger
    {
        public ref AxiMsiController<SimulatedBus, SimulatedClock> Controller => ref shared.Controller;

        public ref uint OpenLines => ref shared.Open;

        public void Raise(uint interrupt) => shared.Raised.Add(interrupt);
    }
}
