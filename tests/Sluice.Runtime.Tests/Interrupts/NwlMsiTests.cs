using System;
using System.Collections.Generic;
using System.Linq;
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

public sealed class NwlMsiTests
{
    private const uint Low = 146;
    private const uint High = 147;
    private const uint Events = 150;
    private const uint Interrupt = 148;
    private const ulong Doorbell = NwlMachine.Attributes;

    private static readonly RequesterId s_first = new(1, 0, 0);
    private static readonly RequesterId s_second = new(2, 0, 0);

    private static NwlMsiSettings Decoded => new() { Doorbell = Doorbell, LowInterrupt = Low, HighInterrupt = High, EventInterrupt = Events };

    private static NwlMsiSettings Fifo => Decoded with { UsesFifo = true };

    [Fact]
    public void G1_A_message_of_37_is_vector_37()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Decoded);
        Allocate(ref controller, 1, s_first, 64);

        Send(machine, s_first, 37);

        Assert.Equal(0x20u, machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiStatusHi));
        Assert.True(machine.Bridge.IsHighRaised && !machine.Bridge.IsLowRaised);
        Assert.Equal([37u], Collect(ref controller, High));
        Assert.False(machine.Bridge.IsHighRaised);
        Assert.Empty(Collect(ref controller, Low));
    }

    [Fact]
    public void G2_Clearing_a_vector_leaves_one_that_is_set_meanwhile()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Decoded);
        Allocate(ref controller, 1, s_first, 64);
        Send(machine, s_first, 37);
        List<uint> written = [];
        machine.Machine.Accessed = (address, isWrite, value) =>
        {
            if (isWrite && address == NwlMachine.Registers + NwlBridge.Offsets.MsgfMsiStatusHi)
            {
                written.Add((uint)value);
                if (written.Count == 1)
                {
                    Send(machine, s_first, 38);
                }
            }
        };

        Assert.Equal([37u, 38u], Collect(ref controller, High));
        Assert.Equal([0x20u, 0x40u], written);
    }

    [Fact]
    public void A_decoded_vector_of_nobody_or_that_is_masked_raises_nothing_and_a_masked_one_comes_back()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Decoded);
        Allocate(ref controller, 1, s_first, 2);
        Assert.True(controller.TryMask(1));
        Send(machine, s_first, 1);
        Send(machine, s_first, 2);
        Assert.False(machine.Bridge.IsLowRaised);
        Assert.Empty(Collect(ref controller, Low));

        Assert.True(controller.TryUnmask(1, out bool wasRaised));

        Assert.False(wasRaised);
        Assert.True(machine.Bridge.IsLowRaised);
        Assert.Equal([1u], Collect(ref controller, Low));
        Assert.False(controller.TryMask(2));
    }

    [Fact]
    public void A_message_that_came_while_a_vector_was_nobody_s_is_not_its_next_owner_s()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Decoded);
        Send(machine, s_first, 3);
        Send(machine, s_first, 35);
        Assert.Equal((8u, 8u), (machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiStatusLo), machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiStatusHi)));

        Allocate(ref controller, 2, s_second, 64);

        Assert.False(machine.Bridge.IsLowRaised || machine.Bridge.IsHighRaised);
        Assert.Empty(Collect(ref controller, Low));
        Send(machine, s_second, 3);
        Assert.Equal([3u], Collect(ref controller, Low));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_doorbell_is_open_at_its_own_place_only(bool usesFifo)
    {
        NwlMachine machine = new();
        machine.Start();
        machine.Write(NwlBridge.Offsets.IMsiiBaseLo, 0x4000_0000);
        List<uint> open = [];
        machine.Machine.Accessed = (_, isWrite, _) =>
        {
            if (isWrite && (machine.Bridge.Peek(NwlBridge.Offsets.IMsiiControl) & 1) != 0)
            {
                open.Add(machine.Bridge.Peek(NwlBridge.Offsets.IMsiiBaseLo));
            }
        };

        Assert.True(NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), machine.Clock, usesFifo ? Fifo : Decoded, [], out _, out _));

        Assert.All(open, static place => Assert.Equal((uint)Doorbell, place));
        Assert.Equal((uint)Doorbell, machine.Bridge.Peek(NwlBridge.Offsets.IMsiiBaseLo));
        Assert.Equal(1u, machine.Bridge.Peek(NwlBridge.Offsets.IMsiiControl) & 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Messages_of_the_link_are_taken_out_of_the_FIFO_and_the_lines_they_tell_of_are_the_lines_driver_s(bool usesFifo)
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, usesFifo ? Fifo : Decoded);
        NwlIntxController<SimulatedBus> lines = new(machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), Interrupt);
        lines.Unmask(1);
        machine.Bridge.SetLine(s_first, 1, true);
        foreach (uint code in (uint[])[0x18, 0x1B, 0x30, 0x31, 0x33])
        {
            machine.Bridge.Forward(s_first, code);
        }

        Assert.Equal(6, machine.Bridge.FifoLevel);
        Assert.Empty(Collect(ref controller, Events));

        Assert.Equal((6u, 0u, 0), (controller.Notices, controller.Dropped.CountOf(s_first), machine.Bridge.FifoLevel));
        Assert.True(lines.TryCollect(Interrupt, out uint fired));
        Assert.Equal(2u, fired);
        machine.Bridge.SetLine(s_first, 1, false);
        machine.Bridge.Forward(s_first, 0x7E);
        Assert.Empty(Collect(ref controller, Events));
        Assert.Equal((7u, 1u), (controller.Notices, controller.Dropped.CountOf(s_first)));
    }

    [Fact]
    public void Who_floods_the_FIFO_with_messages_of_the_link_is_known_too()
    {
        NwlMachine machine = new(new SimulatedNwlOptions { FifoDepth = 64 });
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        Allocate(ref controller, 1, s_first, 1);
        for (uint message = 0; message < 100; message++)
        {
            machine.Bridge.SetLine(s_second, 0, message % 2 == 0);
        }

        Assert.Equal([0u], Collect(ref controller, Events));
        Assert.True(controller.TryReport(out MsiLoss loss));
        Assert.Equal((1u, s_second), (loss.Losses, loss.Offender.Requester));
    }

    [Fact]
    public void What_each_mode_promises_is_what_it_can_do()
    {
        NwlMsiController<SimulatedBus, SimulatedClock> decoded = Start(new NwlMachine(), Decoded);
        NwlMsiController<SimulatedBus, SimulatedClock> fifo = Start(new NwlMachine(), Fifo);

        Assert.Equal(MsiAbilities.MasksVectors, decoded.Abilities);
        Assert.Equal(MsiAbilities.MasksVectors | MsiAbilities.ReportsRequester | MsiAbilities.IsolatesRequesters, fifo.Abilities);
        Assert.Equal((64u, 64u), (decoded.VectorCount, fifo.VectorCount));
        Assert.Equal((Doorbell, 5u), (fifo.Message(5).Address.Value, fifo.Message(5).Data));
    }

    [Fact]
    public void G5_The_FIFO_is_drained_entry_by_entry_each_read_before_it_is_dropped()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        Allocate(ref controller, 1, s_first, 64);
        for (uint vector = 0; vector < 20; vector++)
        {
            Send(machine, s_first, vector);
        }

        List<string> trace = [];
        machine.Machine.Accessed = (address, isWrite, _) => trace.Add(Name(address, isWrite));
        Assert.Equal(Enumerable.Range(0, 20).Select(static vector => (uint)vector), Collect(ref controller, Events));

        Assert.Equal(20, machine.Bridge.Pops);
        Assert.Equal(0, machine.Bridge.FifoLevel);
        Assert.Empty(machine.Bridge.Violations);
        Assert.Equal(20, trace.Count(static name => name == "pop"));
        for (int index = trace.IndexOf("pop"); index >= 0; index = trace.IndexOf("pop", index + 1))
        {
            Assert.Equal(["type", "low", "high", "data"], trace.GetRange(index - 4, 4));
        }
    }

    [Fact]
    public void G5_One_call_takes_128_messages_at_most_and_says_that_there_are_more()
    {
        NwlMachine machine = new(new SimulatedNwlOptions { FifoDepth = 200, AvailableFollowsLevel = false });
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        Allocate(ref controller, 1, s_first, 1);
        for (int message = 0; message < 200; message++)
        {
            Send(machine, s_first, 0);
        }

        PendingBits raised = default;
        Assert.Equal(MsiCollection.Unfinished, controller.Collect(Events, ref raised));
        Assert.Equal((128, 72), (machine.Bridge.Pops, machine.Bridge.FifoLevel));
        Assert.Equal(MsiCollection.Done, controller.Collect(Events, ref raised));
        Assert.Equal(200, machine.Bridge.Pops);
    }

    [Fact]
    public void G6_A_message_for_somebody_else_s_vector_is_dropped_and_counted_to_its_sender()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        Allocate(ref controller, 1, s_first, 8);
        VectorBlock other = Allocate(ref controller, 2, s_second, 8);
        Assert.Equal(8u, other.First);

        Send(machine, s_first, 9);

        Assert.Empty(Collect(ref controller, Events));
        Assert.Equal(1u, controller.Dropped.CountOf(s_first));
        Assert.Equal(0u, controller.Dropped.CountOf(s_second));
        Send(machine, s_second, 9);
        Assert.Equal([9u], Collect(ref controller, Events));
    }

    [Theory]
    [InlineData(0, 0ul)]
    [InlineData(20, 0ul)]
    [InlineData(64, 0ul)]
    [InlineData(0xFFFF_FFFF, 0ul)]
    public void G6_Only_a_message_that_was_allocated_raises_anything(uint data, ulong elsewhere)
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        Allocate(ref controller, 1, s_first, 8);
        machine.Bridge.Push(new NwlMessage(((uint)s_second.Value << 16) | 2, Doorbell, data));
        machine.Bridge.Push(new NwlMessage(((uint)s_first.Value << 16) | 2, elsewhere, 1));
        machine.Bridge.Push(new NwlMessage(((uint)s_first.Value << 16) | 1, Doorbell, 1));

        Assert.Empty(Collect(ref controller, Events));
        Assert.Equal((2u, 1u), (controller.Dropped.CountOf(s_first), controller.Dropped.CountOf(s_second)));
    }

    [Fact]
    public void I8_A_function_behind_a_bridge_to_conventional_PCI_is_known_by_the_bridge_s_id_too()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        RequesterId behind = new(3, 4, 0);
        RequesterId alias = new(3, 0, 0);
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = behind, Alias = alias, Count = 2 };
        Assert.True(controller.TryAllocate(in request, out _));

        Send(machine, alias, 0);
        Send(machine, behind, 1);
        Send(machine, new RequesterId(3, 5, 0), 1);

        Assert.Equal([0u, 1u], Collect(ref controller, Events));
        Assert.Equal(1u, controller.Dropped.CountOf(new RequesterId(3, 5, 0)));
    }

    [Fact]
    public void G7_After_an_overflow_every_open_vector_is_raised_once_and_who_flooded_is_not_listened_to_for_a_while()
    {
        NwlMachine machine = new(new SimulatedNwlOptions { FifoDepth = 64 });
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        Allocate(ref controller, 1, s_first, 4);
        Allocate(ref controller, 2, s_second, 4);
        controller.TryMask(6);
        for (int message = 0; message < 100; message++)
        {
            Send(machine, s_first, 0);
        }

        Send(machine, s_second, 5);
        Assert.Equal(37, machine.Bridge.LostMessages);

        Assert.Equal([0u, 1u, 2u, 3u, 4u, 5u, 7u], Collect(ref controller, Events));

        Assert.Equal(1u, controller.Losses);
        Assert.Equal(0u, machine.Bridge.Peek(NwlBridge.Offsets.MsgfMiscStatus) & 2);
        Assert.True(controller.TryUnmask(6, out bool wasRaised) && wasRaised);
        Assert.Empty(Collect(ref controller, Events));

        // Others are heard, the one that flooded is not, until its time is over: then its vectors are raised once.
        Send(machine, s_first, 1);
        Send(machine, s_second, 5);
        Assert.True(controller.IsThrottling);
        Assert.Equal([5u], Collect(ref controller, Events));
        Assert.Equal(1u, controller.Throttled);
        machine.Machine.PassMicroseconds(20_000);
        Assert.Equal([0u, 1u, 2u, 3u], Collect(ref controller, Events));
        Send(machine, s_first, 1);
        Assert.Equal([1u], Collect(ref controller, Events));
    }

    [Fact]
    public void G7_Losses_are_reported_once_a_second_at_most_with_who_flooded()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Fifo);
        Allocate(ref controller, 1, s_first, 1);
        Assert.False(controller.TryReport(out _));
        int reports = 0;
        MsiLoss last = default;
        for (int flood = 0; flood < 50; flood++)
        {
            for (int message = 0; message < 40; message++)
            {
                Send(machine, s_first, 0);
            }

            Collect(ref controller, Events);
            reports += controller.TryReport(out MsiLoss loss) ? 1 : 0;
            last = loss.Losses == 0 ? last : loss;
        }

        Assert.Equal(1, reports);
        Assert.Equal((50u, s_first), (last.Losses, last.Offender.Requester));
        machine.Machine.PassMicroseconds(1_000_001);
        Assert.True(controller.TryReport(out _));
        Assert.False(controller.TryReport(out _));
    }

    [Theory]
    [InlineData(0x4000_0000ul, 0x10_0000ul)]
    [InlineData(0xFD48_0800ul, 0x10ul)]
    [InlineData(0xFD47_F000ul, 0x1001ul)]
    [InlineData(0ul, ulong.MaxValue)]
    public void G13_A_doorbell_inside_a_guest_s_memory_or_a_BAR_is_refused(ulong start, ulong bytes)
    {
        NwlMachine machine = new();
        machine.Start();
        byte[] before = machine.Bridge.Save();
        MachineRange[] forbidden = [new(new MachineAddress(0x1000), 0x1000), new(new MachineAddress(start), bytes)];
        ulong doorbell = start == 0x4000_0000 ? 0x4008_0000 : Doorbell;

        foreach (NwlMsiSettings settings in (NwlMsiSettings[])[Decoded, Fifo])
        {
            Assert.False(NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
                machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), machine.Clock, settings with { Doorbell = doorbell }, forbidden, out _, out BridgeRefusal refusal));
            Assert.Equal((BridgeBlock.Settings, (uint)doorbell), (refusal.Block, refusal.Value));
        }

        Assert.Equal(before, machine.Bridge.Save());
    }

    [Fact]
    public void G13_A_doorbell_beside_them_is_taken_and_one_that_is_not_a_page_is_refused()
    {
        NwlMachine machine = new();
        MachineRange[] beside = [new(new MachineAddress(Doorbell - 0x1000), 0x1000), new(new MachineAddress(Doorbell + 0x1000), 0x1000), new(new MachineAddress(Doorbell), 0)];

        Assert.True(TryStart(machine, Fifo, beside, out _));
        Assert.False(TryStart(machine, Fifo with { Doorbell = Doorbell + 0x40 }, beside, out _));
    }

    [Fact]
    public void G14_When_all_vectors_are_taken_there_is_an_error_and_a_block_of_8_is_aligned_to_8()
    {
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(new NwlMachine(), Fifo);
        Allocate(ref controller, 1, s_first, 3);
        MsiRequest eight = new() { Owner = new OwnerId(2), Requester = s_second, Count = 8, Alignment = 8 };

        for (uint first = 8; first < 64; first += 8)
        {
            Assert.True(controller.TryAllocate(in eight, out VectorBlock block));
            Assert.Equal((first, 8u), (block.First, block.Count));
        }

        Assert.False(controller.TryAllocate(in eight, out VectorBlock none));
        Assert.Equal(0u, none.Count);
        Assert.Equal(5u, Allocate(ref controller, 1, s_first, 5).Count);
        MsiRequest one = new() { Owner = new OwnerId(1), Requester = s_first, Count = 1 };
        Assert.False(controller.TryAllocate(in one, out _));
        Assert.Equal(64u, controller.TakenVectors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_message_for_a_vector_that_was_given_back_meets_nobody_not_even_its_next_owner(bool usesFifo)
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, usesFifo ? Fifo : Decoded);
        VectorBlock block = Allocate(ref controller, 1, s_first, 2);
        Send(machine, s_first, 1);
        controller.Free(new OwnerId(2), block);
        Assert.Equal(2u, controller.TakenVectors);

        controller.Free(new OwnerId(1), block);

        Assert.Equal(0u, controller.TakenVectors);
        Allocate(ref controller, 2, s_second, 2);
        Assert.Empty(Collect(ref controller, usesFifo ? Events : Low));
    }

    [Fact]
    public void An_interrupt_of_somebody_else_is_none_of_the_controller_s()
    {
        NwlMsiController<SimulatedBus, SimulatedClock> decoded = Start(new NwlMachine(), Decoded);
        NwlMsiController<SimulatedBus, SimulatedClock> fifo = Start(new NwlMachine(), Fifo);
        PendingBits raised = default;

        Assert.Equal(MsiCollection.Foreign, decoded.Collect(148, ref raised));
        Assert.Equal(MsiCollection.Foreign, fifo.Collect(Low, ref raised));
        Assert.Equal(MsiCollection.Done, fifo.Collect(Events, ref raised));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_step_of_starting_goes_wrong_the_controller_is_on_as_wanted_or_all_is_as_before(bool usesFifo)
    {
        FaultPlan plan = new();
        int steps = 1;
        int refused = 0;
        byte[] wanted = [];
        for (int step = -1; step < steps; step++)
        {
            NwlMachine machine = new();
            machine.Start();
            machine.Write(NwlBridge.Offsets.MsgfMiscMask, 0x07D7_00F0);
            machine.Write(NwlBridge.Offsets.MsgfMsiMaskLo, 0xFFFF_FFFF);
            machine.Write(NwlBridge.Offsets.MsgfMsiMaskHi, 0xF00F_0FF0);
            machine.Write(NwlBridge.Offsets.IMsiiBaseLo, 0x4000_0000);
            machine.Write(NwlBridge.Offsets.IMsiiBaseHi, 0x0000_0003);
            machine.Write(NwlBridge.Offsets.IMsiiControl, 0x0000_8001);
            byte[] before = machine.Bridge.Save();
            plan.Restart(step);
            bool started = NwlMsiController<FaultyBus, SimulatedClock>.TryStart(
                new FaultyBus(machine.Machine.Bus, plan), new RegisterAddress(NwlMachine.Registers), machine.Clock, usesFifo ? Fifo : Decoded, [], out _, out BridgeRefusal refusal);
            steps = step < 0 ? plan.Steps : steps;
            wanted = step < 0 ? machine.Bridge.Save() : wanted;
            refused += started ? 0 : 1;
            Assert.Equal(started, refusal.IsNone);
            Assert.True(machine.Bridge.Save().AsSpan().SequenceEqual(started ? wanted : before), $"step {step}, {RefusalText.Of(refusal)}");
        }

        // The doorbell's place is written twice: one of the two that is lost changes nothing.
        Assert.InRange(refused, steps * 2 / 5, steps);
    }

    private static NwlMsiController<SimulatedBus, SimulatedClock> Start(NwlMachine machine, NwlMsiSettings settings)
    {
        Assert.True(TryStart(machine, settings, [], out NwlMsiController<SimulatedBus, SimulatedClock> controller));
        return controller;
    }

    private static bool TryStart(NwlMachine machine, NwlMsiSettings settings, MachineRange[] forbidden, out NwlMsiController<SimulatedBus, SimulatedClock> controller)
    {
        machine.Start();
        return NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), machine.Clock, settings, forbidden, out controller, out _);
    }

    private static VectorBlock Allocate(ref NwlMsiController<SimulatedBus, SimulatedClock> controller, ushort owner, RequesterId requester, uint count)
    {
        MsiRequest request = new() { Owner = new OwnerId(owner), Requester = requester, Count = count };
        Assert.True(controller.TryAllocate(in request, out VectorBlock block));
        return block;
    }

    private static uint[] Collect(ref NwlMsiController<SimulatedBus, SimulatedClock> controller, uint interrupt)
    {
        PendingBits raised = default;
        Assert.Equal(MsiCollection.Done, controller.Collect(interrupt, ref raised));
        List<uint> vectors = [];
        while (raised.TryTakeFirst(out uint vector))
        {
            vectors.Add(vector);
        }

        return [.. vectors];
    }

    private static void Send(NwlMachine machine, RequesterId sender, uint data) => Assert.True(machine.Bridge.TryWrite(sender.Value, Doorbell, BitConverter.GetBytes(data)));

    private static string Name(ulong address, bool isWrite) => (uint)(address - NwlMachine.Registers) switch
    {
        NwlBridge.Offsets.MsgfRxFifoType => "type",
        NwlBridge.Offsets.MsgfRxFifoAddressLo => "low",
        NwlBridge.Offsets.MsgfRxFifoAddressHi => "high",
        NwlBridge.Offsets.MsgfRxFifoData => "data",
        NwlBridge.Offsets.MsgfRxFifoPop => "pop",
        _ => isWrite ? "write" : "read",
    };
}
