using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>The NWL bridge's MSI controller with registers that do not answer, with a FIFO that is full, and at its last vectors and messages.</summary>
public sealed class NwlMsiLimitsTests
{
    private const uint Low = 146;
    private const uint High = 147;
    private const uint Events = 150;

    private static readonly RequesterId s_first = new(1, 0, 0);

    private static NwlMsiSettings Decoded => new() { Doorbell = NwlMachine.Attributes, LowInterrupt = Low, HighInterrupt = High, EventInterrupt = Events };

    private static NwlMsiSettings Fifo => Decoded with { UsesFifo = true };

    [Theory]
    [InlineData(NwlBridge.Offsets.IMsiiControl)]
    [InlineData(NwlBridge.Offsets.IMsiiBaseLo)]
    [InlineData(NwlBridge.Offsets.IMsiiBaseHi)]
    [InlineData(NwlBridge.Offsets.MsgfMiscMask)]
    public void A_register_that_does_not_answer_is_told_and_nothing_is_written(uint register)
    {
        foreach (NwlMsiSettings settings in (NwlMsiSettings[])[Decoded, Fifo])
        {
            BusWatch watch = new() { Answers = (address, value) => address == NwlMachine.Registers + register ? uint.MaxValue : value };

            Assert.False(TryStart(watch, settings, out BridgeRefusal refusal));

            Assert.Equal((BridgeBlock.NwlBridge, register), (refusal.Block, refusal.Offset));
            Assert.Empty(watch.Writes);
        }
    }

    [Theory]
    [InlineData(NwlBridge.Offsets.MsgfMsiMaskLo)]
    [InlineData(NwlBridge.Offsets.MsgfMsiMaskHi)]
    public void A_mask_of_all_ones_may_be_a_mask_and_one_that_is_another_the_second_time_is_none(uint register)
    {
        int reads = 0;
        BusWatch watch = new();
        watch.Answers = (address, value) => address == NwlMachine.Registers + register && reads++ == 0 ? uint.MaxValue : value;
        Assert.False(TryStart(watch, Decoded, out BridgeRefusal refusal));
        Assert.Equal((BridgeBlock.NwlBridge, register), (refusal.Block, refusal.Offset));
        Assert.Empty(watch.Writes);

        reads = 0;
        watch.Answers = (address, value) => address == NwlMachine.Registers + register && reads++ < 2 ? uint.MaxValue : value;
        Assert.True(TryStart(watch, Decoded, out refusal));
        Assert.True(refusal.IsNone);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(5, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void What_the_FIFO_held_before_is_nobody_s_and_one_that_cannot_be_emptied_is_told(int messages, bool starts)
    {
        NwlMachine machine = new(new SimulatedNwlOptions { FifoDepth = 200 });
        machine.Start();
        for (int message = 0; message < messages; message++)
        {
            machine.Bridge.Push(new NwlMessage(((uint)s_first.Value << 16) | 2, NwlMachine.Attributes, 0));
        }

        bool started = NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), machine.Clock, Fifo, [], out NwlMsiController<SimulatedBus, SimulatedClock> controller, out BridgeRefusal refusal);

        Assert.Equal(starts, started);
        Assert.Equal(starts ? messages : 128, machine.Bridge.Pops);
        Assert.Equal(starts ? 0u : NwlBridge.Offsets.MsgfRxFifoLevel, refusal.Offset);
        if (starts)
        {
            Allocate(ref controller, 1);
            PendingBits raised = default;
            Assert.Equal(MsiCollection.Done, controller.Collect(Events, ref raised));
            Assert.Equal(0u, raised.Count);
        }
    }

    [Fact]
    public void As_many_messages_as_one_call_takes_are_all_and_one_more_is_left()
    {
        NwlMachine machine = new(new SimulatedNwlOptions { FifoDepth = 200, AvailableFollowsLevel = false });
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        Allocate(ref controller, 1);
        foreach ((int messages, MsiCollection result) in new[] { (127, MsiCollection.Done), (128, MsiCollection.Done), (129, MsiCollection.Unfinished) })
        {
            for (int message = 0; message < messages; message++)
            {
                machine.Bridge.Push(new NwlMessage(((uint)s_first.Value << 16) | 2, NwlMachine.Attributes, 0));
            }

            PendingBits raised = default;
            Assert.Equal(result, controller.Collect(Events, ref raised));
        }
    }

    [Fact]
    public void A_status_that_comes_back_at_once_is_looked_at_four_times_and_then_left_for_the_next_interrupt()
    {
        foreach ((uint vector, uint interrupt, uint status) in new[] { (3u, Low, NwlBridge.Offsets.MsgfMsiStatusLo), (35u, High, NwlBridge.Offsets.MsgfMsiStatusHi) })
        {
            NwlMachine machine = new();
            NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Decoded);
            Allocate(ref controller, 64);
            Send(machine, vector);
            int written = 0;
            machine.Machine.Accessed = (address, isWrite, _) =>
            {
                if (isWrite && address == NwlMachine.Registers + status)
                {
                    written++;
                    Send(machine, vector + ((uint)written % 2));
                }
            };
            PendingBits raised = default;

            Assert.Equal(MsiCollection.Unfinished, controller.Collect(interrupt, ref raised));

            Assert.Equal(4, written);
            Assert.Equal(2u, raised.Count);
        }
    }

    [Theory]
    [InlineData(0x1Fu, false)]
    [InlineData(0x20u, true)]
    [InlineData(0x27u, true)]
    [InlineData(0x28u, false)]
    [InlineData(0x14u, true)]
    [InlineData(0x15u, false)]
    [InlineData(0x32u, false)]
    [InlineData(0x33u, true)]
    public void Messages_of_the_link_are_known_by_their_codes_and_others_are_dropped(uint code, bool known)
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        machine.Bridge.Forward(s_first, code);
        PendingBits raised = default;

        Assert.Equal(MsiCollection.Done, controller.Collect(Events, ref raised));

        Assert.Equal((known ? 1u : 0, known ? 0u : 1), (controller.Notices, controller.Dropped.CountOf(s_first)));
    }

    [Fact]
    public void The_last_vector_is_masked_opened_and_given_back_like_any_other_and_what_is_behind_it_is_none()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Decoded);
        VectorBlock block = Allocate(ref controller, 64);
        Assert.Equal((0xFFFF_FFFFu, 0xFFFF_FFFFu), Masks(machine));

        Assert.True(controller.TryMask(63));
        Assert.True(controller.TryMask(31));
        Assert.True(controller.TryMask(32));
        Assert.False(controller.TryMask(64));
        Assert.Equal((0x7FFF_FFFFu, 0x7FFF_FFFEu), Masks(machine));
        Assert.True(controller.TryUnmask(32, out _));
        Assert.False(controller.TryUnmask(64, out _));
        Assert.Equal((0x7FFF_FFFFu, 0x7FFF_FFFFu), Masks(machine));

        controller.Free(new OwnerId(1), new VectorBlock(62, 10));
        Assert.Equal((0x7FFF_FFFFu, 0x3FFF_FFFFu), Masks(machine));
        controller.Free(new OwnerId(1), block);
        Assert.Equal((0u, 0u), Masks(machine));
        Assert.Equal(0u, controller.TakenVectors);
    }

    private static (uint Low, uint High) Masks(NwlMachine machine) => (machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskLo), machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskHi));

    private static void Send(NwlMachine machine, uint data) => Assert.True(machine.Bridge.TryWrite(s_first.Value, NwlMachine.Attributes, BitConverter.GetBytes(data)));

    private static VectorBlock Allocate(ref NwlMsiController<SimulatedBus, SimulatedClock> controller, uint count)
    {
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = s_first, Count = count };
        Assert.True(controller.TryAllocate(in request, out VectorBlock block));
        return block;
    }

    private static NwlMsiController<SimulatedBus, SimulatedClock> Start(NwlMachine machine, NwlMsiSettings settings)
    {
        machine.Start();
        Assert.True(NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), machine.Clock, settings, [], out NwlMsiController<SimulatedBus, SimulatedClock> controller, out _));
        return controller;
    }

    private static bool TryStart(BusWatch watch, NwlMsiSettings settings, out BridgeRefusal refusal)
    {
        NwlMachine machine = new();
        machine.Start();
        return NwlMsiController<WatchedBus, SimulatedClock>.TryStart(
            new WatchedBus(machine.Machine.Bus, watch), new RegisterAddress(NwlMachine.Registers), machine.Clock, settings, [], out _, out refusal);
    }
}
