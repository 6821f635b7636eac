using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>What a vector of the NWL bridge keeps of an owner that gave it back, and where the messages may be.</summary>
public sealed class NwlMsiOwnersTests
{
    private const uint Low = 146;
    private const uint High = 147;
    private const uint Events = 150;

    private static readonly RequesterId s_first = new(1, 0, 0);
    private static readonly RequesterId s_second = new(2, 0, 0);

    [Fact]
    public void A_decoded_vector_that_is_given_back_is_masked_and_cleared_and_the_others_are_as_they_were()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, NwlMachine.Attributes, usesFifo: false);
        VectorBlock own = Allocate(ref controller, 1, s_first, 48);
        VectorBlock others = Allocate(ref controller, 2, s_second, 16);
        Assert.Equal((0u, 48u), (own.First, others.First));
        Send(machine, NwlMachine.Attributes, s_first, 3);
        Send(machine, NwlMachine.Attributes, s_first, 33);
        Send(machine, NwlMachine.Attributes, s_second, 50);

        controller.Free(new OwnerId(2), own);
        Assert.Equal((8u, 2u | (1u << 18)), Status(machine));
        controller.Free(new OwnerId(1), own);

        Assert.Equal((0u, 1u << 18), Status(machine));
        Assert.Equal((0u, 0xFFFF_0000u), (machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskLo), machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskHi)));
        Assert.Empty(Collect(ref controller, Low));
        Assert.Equal([50u], Collect(ref controller, High));
    }

    [Fact]
    public void A_vector_of_the_upper_half_is_masked_and_comes_back_alone()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, NwlMachine.Attributes, usesFifo: false);
        Allocate(ref controller, 1, s_first, 64);

        Assert.True(controller.TryMask(32));
        Assert.Equal((uint.MaxValue, uint.MaxValue - 1), (machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskLo), machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskHi)));
        Assert.True(controller.TryMask(31));
        Assert.Equal((uint.MaxValue >> 1, uint.MaxValue - 1), (machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskLo), machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskHi)));

        Assert.True(controller.TryUnmask(32, out _));
        Assert.Equal((uint.MaxValue >> 1, uint.MaxValue), (machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskLo), machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiMaskHi)));
    }

    [Fact]
    public void A_message_that_the_FIFO_held_behind_a_mask_is_not_the_next_owner_s_and_neither_is_the_mask()
    {
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, NwlMachine.Attributes, usesFifo: true);
        VectorBlock block = Allocate(ref controller, 1, s_first, 1);
        Assert.True(controller.TryMask(block.First));
        Send(machine, NwlMachine.Attributes, s_first, block.First);
        Assert.Empty(Collect(ref controller, Events));
        controller.Free(new OwnerId(1), block);

        Assert.Equal(block.First, Allocate(ref controller, 2, s_second, 1).First);
        Send(machine, NwlMachine.Attributes, s_second, block.First);
        Assert.Equal([block.First], Collect(ref controller, Events));
        Assert.True(controller.TryMask(block.First));
        Assert.True(controller.TryUnmask(block.First, out bool wasRaised));

        Assert.False(wasRaised);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_doorbell_above_4_GiB_takes_messages_there_and_none_at_the_same_place_below(bool usesFifo)
    {
        const ulong Doorbell = 0x5_8000_0000;
        NwlMachine machine = new();
        NwlMsiController<SimulatedBus, SimulatedClock> controller = Start(machine, Doorbell, usesFifo);
        Allocate(ref controller, 1, s_first, 4);

        Assert.Equal(5u, machine.Bridge.Peek(NwlBridge.Offsets.IMsiiBaseHi));
        Send(machine, Doorbell, s_first, 2);

        Assert.Equal([2u], Collect(ref controller, usesFifo ? Events : Low));
        Assert.False(machine.Bridge.TryWrite(s_first.Value, Doorbell & uint.MaxValue, BitConverter.GetBytes(2u)));
        Assert.Empty(Collect(ref controller, usesFifo ? Events : Low));
    }

    private static NwlMsiController<SimulatedBus, SimulatedClock> Start(NwlMachine machine, ulong doorbell, bool usesFifo)
    {
        NwlMsiSettings settings = new() { Doorbell = doorbell, LowInterrupt = Low, HighInterrupt = High, EventInterrupt = Events, UsesFifo = usesFifo };
        machine.Start();
        Assert.True(NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Machine.Bus, new RegisterAddress(NwlMachine.Registers), machine.Clock, settings, [], out NwlMsiController<SimulatedBus, SimulatedClock> controller, out _));
        return controller;
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

    private static (uint Low, uint High) Status(NwlMachine machine)
        => (machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiStatusLo), machine.Bridge.Peek(NwlBridge.Offsets.MsgfMsiStatusHi));

    private static void Send(NwlMachine machine, ulong doorbell, RequesterId sender, uint data) => Assert.True(machine.Bridge.TryWrite(sender.Value, doorbell, BitConverter.GetBytes(data)));
}
