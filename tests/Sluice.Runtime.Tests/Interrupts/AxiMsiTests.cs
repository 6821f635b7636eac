using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public sealed class AxiMsiTests
{
    private const uint Interrupt = 84;
    private const ulong Doorbell = 0x6000_0000;

    private static readonly RequesterId s_first = new(1, 0, 0);
    private static readonly RequesterId s_second = new(1, 0, 1);

    private readonly AxiMachine _machine = new();
    private AxiMsiController<SimulatedBus, SimulatedClock> _controller;

    public AxiMsiTests()
    {
        _machine.Start();
        Assert.True(TryStart(_machine, Doorbell, [], out _controller));
    }

    [Fact]
    public void A_message_raises_its_vector_and_only_for_the_function_that_it_was_allocated_for()
    {
        VectorBlock first = Allocate(1, s_first, 4);
        VectorBlock second = Allocate(2, s_second, 4);
        Send(s_first, first.First + 3);
        Send(s_first, second.First);
        Send(s_second, second.First + 1);
        Send(s_second, 127);
        Assert.True(_machine.Bridge.IsRaised);

        Assert.Equal([3u, 5u], Collect());

        Assert.False(_machine.Bridge.IsRaised);
        Assert.Equal((1u, 1u), (_controller.Dropped.CountOf(s_first), _controller.Dropped.CountOf(s_second)));
    }

    [Fact]
    public void Lines_and_messages_share_the_FIFO_and_are_told_apart()
    {
        Allocate(1, s_first, 4);
        _machine.Bridge.SetLine(s_first, 1, true);
        Send(s_first, 2);
        _machine.Bridge.SetLine(s_second, 3, true);
        _machine.Bridge.SetLine(s_second, 3, false);

        Assert.Equal([2u], Collect());

        Assert.Equal(0x2u, _controller.AssertedLines);
        Assert.Equal(0xAu, _controller.TakeLines());
        Assert.Equal(0u, _controller.TakeLines());
    }

    [Fact]
    public void After_an_overflow_every_vector_is_raised_once_and_every_line_counts_as_asserted()
    {
        Allocate(1, s_first, 2);
        Allocate(2, s_second, 2);
        for (int message = 0; message < 20; message++)
        {
            Send(s_first, 0);
        }

        Assert.Equal(5, _machine.Bridge.LostEntries);
        Assert.Equal([0u, 1u, 2u, 3u], Collect());

        Assert.Equal((1u, 0xFu), (_controller.Losses, _controller.TakeLines()));
        Assert.True(_controller.TryReport(out MsiLoss loss));
        Assert.Equal(1u, loss.Losses);
        Assert.Empty(Collect());
        Assert.Equal(1u, _controller.Losses);
    }

    [Fact]
    public void A_masked_vector_waits_for_its_mask_to_go()
    {
        Allocate(1, s_first, 2);
        Assert.True(_controller.TryMask(1));
        Send(s_first, 1);
        Assert.Empty(Collect());

        Assert.True(_controller.TryUnmask(1, out bool wasRaised));

        Assert.True(wasRaised);
        Assert.False(_controller.TryMask(2));
    }

    [Fact]
    public void A_block_for_multiple_messages_is_aligned_and_128_vectors_are_all()
    {
        Allocate(1, s_first, 1);
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = s_first, Count = 32, Alignment = 32 };
        Assert.True(_controller.TryAllocate(in request, out VectorBlock block));
        Assert.Equal(32u, block.First);
        Assert.True(_controller.TryAllocate(in request, out _));
        Assert.True(_controller.TryAllocate(in request, out _));
        Assert.False(_controller.TryAllocate(in request, out _));
    }

    [Fact]
    public void G13_The_doorbell_must_be_a_page_that_is_nobody_s()
    {
        Assert.False(TryStart(_machine, 0x4000_0000, [new(new MachineAddress(0x4000_0000), 0x10_0000)], out _));
        Assert.False(TryStart(_machine, Doorbell + 0x800, [], out _));
    }

    [Fact]
    public void Whichever_step_of_starting_goes_wrong_the_controller_is_on_as_wanted_or_all_is_as_before()
    {
        FaultPlan plan = new();
        int steps = 1;
        int refused = 0;
        uint[] wanted = [];
        for (int step = -1; step < steps; step++)
        {
            AxiMachine machine = new();
            machine.Start();
            machine.Machine.Bus.Write32(new RegisterAddress(AxiMachine.Config + AxiPcie.Offsets.Rpmsib1), 0x0000_0005);
            machine.Machine.Bus.Write32(new RegisterAddress(AxiMachine.Config + AxiPcie.Offsets.Rpmsib2), 0x4000_0000);
            machine.Machine.Bus.Write32(new RegisterAddress(AxiMachine.Config + AxiPcie.Offsets.Imr), 0x0000_0300);
            uint[] before = machine.State();
            plan.Restart(step);
            bool started = AxiMsiController<FaultyBus, SimulatedClock>.TryStart(
                new FaultyBus(machine.Machine.Bus, plan), new RegisterAddress(AxiMachine.Config), new SimulatedClock(machine.Machine), Doorbell, Interrupt, [], out _, out BridgeRefusal refusal);
            steps = step < 0 ? plan.Steps : steps;
            wanted = step < 0 ? machine.State() : wanted;
            refused += started ? 0 : 1;
            Assert.Equal(started, refusal.IsNone);
            Assert.True(machine.State().AsSpan().SequenceEqual(started ? wanted : before), $"step {step}, {RefusalText.Of(refusal)}");
        }

        Assert.InRange(refused, steps / 2, steps);
    }

    [Fact]
    public void A_doorbell_above_4_GiB_takes_messages_there_and_none_at_the_same_place_below()
    {
        const ulong High = 0x3_6000_0000;
        AxiMachine machine = new();
        machine.Start();
        Assert.True(TryStart(machine, High, [], out AxiMsiController<SimulatedBus, SimulatedClock> controller));
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = s_first, Count = 4 };
        Assert.True(controller.TryAllocate(in request, out VectorBlock block));
        Assert.Equal(High, controller.Message(block.First).Address.Value);
        PendingBits raised = default;

        Assert.False(machine.Bridge.TryWrite(s_first.Value, High & uint.MaxValue, BitConverter.GetBytes(block.First)));
        Assert.True(machine.Bridge.TryWrite(s_first.Value, High, BitConverter.GetBytes(block.First + 2)));

        Assert.Equal(MsiCollection.Done, controller.Collect(Interrupt, ref raised));
        Assert.True(raised.TryTakeFirst(out uint vector));
        Assert.Equal(block.First + 2, vector);
        Assert.False(raised.TryTakeFirst(out _));
    }

    [Fact]
    public void What_another_controller_s_interrupt_tells_is_not_taken_from_the_FIFO()
    {
        VectorBlock block = Allocate(1, s_first, 1);
        Send(s_first, block.First);
        PendingBits raised = default;

        _ = _controller.Collect(Interrupt + 1, ref raised);

        Assert.False(raised.TryTakeFirst(out _));
        Assert.True(_machine.Bridge.IsRaised);
        Assert.Equal([block.First], Collect());
    }

    [Fact]
    public void It_tells_senders_apart_isolates_them_and_masks()
        => Assert.Equal(MsiAbilities.ReportsRequester | MsiAbilities.IsolatesRequesters | MsiAbilities.MasksVectors, _controller.Abilities);

    [Theory]
    [InlineData(AxiPcie.Offsets.Imr)]
    [InlineData(AxiPcie.Offsets.Rpsc)]
    [InlineData(AxiPcie.Offsets.Rpmsib1)]
    [InlineData(AxiPcie.Offsets.Rpmsib2)]
    public void A_register_that_does_not_answer_is_told_and_nothing_is_written(uint register)
    {
        BusWatch watch = new() { Answers = (address, value) => address == AxiMachine.Config + register ? uint.MaxValue : value };

        Assert.False(TryStart(watch, out BridgeRefusal refusal));

        Assert.Equal(register, refusal.Offset);
        Assert.Empty(watch.Writes);
    }

    [Fact]
    public void A_FIFO_that_never_becomes_empty_is_popped_128_times_and_told()
    {
        uint valid = (default(AxiPcie.Rpifr1) with { IntrValid = true, MsiIntr = true }).Value;
        BusWatch watch = new() { Answers = (address, value) => address == AxiMachine.Config + AxiPcie.Offsets.Rpifr1 ? valid : value };

        Assert.False(TryStart(watch, out BridgeRefusal refusal));

        Assert.Equal(AxiPcie.Offsets.Rpifr1, refusal.Offset);
        Assert.Equal(128, watch.Writes.FindAll(static write => write.Address == AxiMachine.Config + AxiPcie.Offsets.Rpifr1).Count);
    }

    [Fact]
    public void Of_the_port_s_control_the_overflow_of_interrupts_is_cleared_and_that_of_errors_is_left()
    {
        BusWatch watch = new();
        watch.Answers = (address, value) => address == AxiMachine.Config + AxiPcie.Offsets.Rpsc
            ? (new AxiPcie.Rpsc((uint)value) with { ErrFifoOverflow = true }).Value
            : value;

        Assert.True(TryStart(watch, out _));

        AxiPcie.Rpsc written = new((uint)watch.Writes.Find(static write => write.Address == AxiMachine.Config + AxiPcie.Offsets.Rpsc).Value);
        Assert.True(written.IntFifoOverflow && !written.ErrFifoOverflow);
    }

    [Fact]
    public void One_call_takes_128_entries_at_most_and_says_that_there_are_more()
    {
        AxiMachine machine = new(depth: 200);
        machine.Start();
        Assert.True(TryStart(machine, Doorbell, [], out AxiMsiController<SimulatedBus, SimulatedClock> controller));
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = s_first, Count = 1 };
        Assert.True(controller.TryAllocate(in request, out _));
        for (int message = 0; message < 129; message++)
        {
            Assert.True(machine.Bridge.TryWrite(s_first.Value, Doorbell, new byte[4]));
        }

        PendingBits raised = default;
        Assert.Equal(MsiCollection.Unfinished, controller.Collect(Interrupt, ref raised));
        Assert.True(machine.Bridge.IsRaised);
        Assert.Equal(MsiCollection.Done, controller.Collect(Interrupt, ref raised));
        Assert.False(machine.Bridge.IsRaised);
    }

    [Fact]
    public void A_line_that_was_asserted_again_has_changed_and_one_that_only_went_away_has_not()
    {
        _machine.Bridge.SetLine(s_first, 1, true);
        _machine.Bridge.SetLine(s_first, 1, false);
        _machine.Bridge.SetLine(s_first, 1, true);
        Assert.Empty(Collect());
        Assert.Equal((0x2u, 0x2u), (_controller.TakeLines(), _controller.AssertedLines));

        _machine.Bridge.SetLine(s_first, 1, false);
        Assert.Empty(Collect());
        Assert.Equal((0u, 0u), (_controller.TakeLines(), _controller.AssertedLines));
    }

    [Fact]
    public void Who_flooded_is_listened_to_again_at_any_interrupt_after_its_time()
    {
        AxiMachine machine = new(depth: 40);
        machine.Start();
        Assert.True(TryStart(machine, Doorbell, [], out AxiMsiController<SimulatedBus, SimulatedClock> controller));
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = s_first, Count = 2 };
        Assert.True(controller.TryAllocate(in request, out _));
        for (int message = 0; message < 60; message++)
        {
            _ = machine.Bridge.TryWrite(s_first.Value, Doorbell, new byte[4]);
        }

        PendingBits raised = default;
        _ = controller.Collect(Interrupt, ref raised);
        Assert.True(controller.IsThrottling);
        raised = default;
        machine.Machine.PassMicroseconds(20_000);

        Assert.Equal(MsiCollection.Foreign, controller.Collect(Interrupt + 1, ref raised));

        Assert.Equal(2u, raised.Count);
        Assert.False(controller.IsThrottling);
    }

    private bool TryStart(BusWatch watch, out BridgeRefusal refusal)
        => AxiMsiController<WatchedBus, SimulatedClock>.TryStart(
            new WatchedBus(_machine.Machine.Bus, watch), new RegisterAddress(AxiMachine.Config), new SimulatedClock(_machine.Machine), Doorbell, Interrupt, [], out _, out refusal);

    private static bool TryStart(AxiMachine machine, ulong doorbell, MachineRange[] forbidden, out AxiMsiController<SimulatedBus, SimulatedClock> controller)
        => AxiMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Machine.Bus, new RegisterAddress(AxiMachine.Config), new SimulatedClock(machine.Machine), doorbell, Interrupt, forbidden, out controller, out _);

    private VectorBlock Allocate(ushort owner, RequesterId requester, uint count)
    {
        MsiRequest request = new() { Owner = new OwnerId(owner), Requester = requester, Count = count };
        Assert.True(_controller.TryAllocate(in request, out VectorBlock block));
        return block;
    }

    private uint[] Collect()
    {
        PendingBits raised = default;
        Assert.Equal(MsiCollection.Done, _controller.Collect(Interrupt, ref raised));
        List<uint> vectors = [];
        while (raised.TryTakeFirst(out uint vector))
        {
            vectors.Add(vector);
        }

        return [.. vectors];
    }

    private void Send(RequesterId sender, uint data) => Assert.True(_machine.Bridge.TryWrite(sender.Value, Doorbell, BitConverter.GetBytes(data)));
}
