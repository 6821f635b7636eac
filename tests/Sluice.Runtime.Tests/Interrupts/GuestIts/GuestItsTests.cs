using System;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.GuestIts;

/// <summary>The translation service that a guest sees, command by command.</summary>
public sealed class GuestItsTests
{
    private const uint First = GuestLpis.First;

    [Fact]
    public void It_says_what_it_has_and_that_it_needs_no_tables()
    {
        GuestItsMachine machine = new();

        ulong typer = machine.Read(0x08);
        Assert.Equal(1ul, typer & 1);
        Assert.Equal(10ul, (typer >> 8) & 0x1F);
        Assert.Equal(15ul, (typer >> 13) & 0x1F);
        Assert.Equal(0ul, (typer >> 19) & 1);
        Assert.Equal(16ul, (typer >> 24) & 0xFF);
        Assert.Equal((1ul << 36) | (3ul << 32), typer & (0x1Ful << 32));
        Assert.Equal(0x8000_0000ul, machine.Read(0x00, AccessWidth.Word));
        for (uint table = 0; table < 8; table++)
        {
            machine.Write(0x100 + (table * 8), ulong.MaxValue);
            Assert.Equal(0ul, machine.Read(0x100 + (table * 8)));
        }

        Assert.Equal(GuestItsMachine.Registers + 0x1_0040, machine.Doorbell);
    }

    [Fact]
    public void A_message_becomes_the_interrupt_of_its_event_and_of_its_device_only()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        Assert.Equal(GuestItsError.None, machine.MapDevice(8, 5));
        Assert.Equal(GuestItsError.None, machine.MapDevice(16, 5));
        Assert.Equal(GuestItsError.None, machine.MapEvent(8, 3, First + 7));
        Assert.Equal(GuestItsError.None, machine.MapEvent(16, 4, First + 9));

        Assert.True(machine.Send(8, 3));
        Assert.False(machine.Send(16, 3));
        Assert.False(machine.Send(8, 4));
        Assert.False(machine.Send(24, 3));

        Assert.Equal([First + 7], machine.Sink.Raised);
        Assert.Equal(3u, machine.Its.Dropped);
    }

    [Fact]
    public void What_a_message_means_is_looked_up_when_it_arrives_not_when_it_was_unmasked()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        Assert.True(machine.Its.TryResolve(new RequesterId(8), new GuestAddress(machine.Doorbell), new GuestValue(2), out GuestMessage message));
        Assert.False(machine.Its.TryDeliver(message, machine.Sink.Handle));

        machine.MapDevice(8, 2);
        machine.MapEvent(8, 2, First + 1);
        Assert.True(machine.Its.TryDeliver(message, machine.Sink.Handle));
        machine.MapEvent(8, 2, First + 2);
        Assert.True(machine.Its.TryDeliver(message, machine.Sink.Handle));
        Assert.Equal([First + 1, First + 2], machine.Sink.Raised);
        machine.Event(0x0F, 8, 2);
        Assert.False(machine.Its.TryDeliver(message, machine.Sink.Handle));
        Assert.Equal([First + 1], machine.Sink.Raised);
    }

    [Theory]
    [InlineData(0x1_0040ul, 0u, true)]
    [InlineData(0x1_0040ul, 2047u, true)]
    [InlineData(0x1_0040ul, 2048u, false)]
    [InlineData(0x1_0040ul, uint.MaxValue, false)]
    [InlineData(0x1_0044ul, 0u, false)]
    [InlineData(0x1_0042ul, 0u, false)]
    [InlineData(0x0_0040ul, 0u, false)]
    [InlineData(0x1_0000_0000ul + 0x1_0040, 0u, false)]
    public void A_message_means_something_only_at_the_doorbell(ulong offset, uint data, bool means)
    {
        GuestItsMachine machine = new();

        Assert.Equal(means, machine.Its.TryResolve(default, new GuestAddress(GuestItsMachine.Registers + offset), new GuestValue(data), out GuestMessage message));
        Assert.Equal(!means, message.IsNone);
    }

    [Fact]
    public void A_disabled_interrupt_is_pending_once_and_comes_when_it_is_enabled_and_invalidated()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        machine.Configure(First + 5, enabled: false);
        machine.MapEvent(8, 0, First + 5);

        Assert.True(machine.Send(8, 0));
        Assert.True(machine.Send(8, 0));
        Assert.Empty(machine.Sink.Raised);
        Assert.Equal(1u, machine.Its.PendingInterrupts);

        machine.Configure(First + 5, enabled: true);
        Assert.Empty(machine.Sink.Raised);
        Assert.Equal(GuestItsError.None, machine.Event(0x0C, 8, 0));
        Assert.Equal([First + 5], machine.Sink.Raised);
        Assert.Equal(0u, machine.Its.PendingInterrupts);
    }

    [Fact]
    public void What_is_disabled_after_it_was_raised_and_before_it_was_taken_waits_again()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        machine.MapEvent(8, 0, First + 5);
        machine.Send(8, 0);
        machine.Configure(First + 5, enabled: false);

        machine.Event(0x0C, 8, 0);

        Assert.Empty(machine.Sink.Raised);
        Assert.Equal(1u, machine.Its.PendingInterrupts);
        machine.Configure(First + 5, enabled: true);
        machine.Command(0x0D, 0, 0);
        Assert.Equal([First + 5], machine.Sink.Raised);
    }

    [Fact]
    public void INT_raises_CLEAR_and_DISCARD_and_MAPD_take_back_what_has_not_been_taken()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        machine.MapEvent(8, 1, First + 1);
        machine.MapEvent(8, 2, First + 2);
        machine.MapEvent(8, 3, First + 3);
        foreach (uint number in (uint[])[1, 2, 3])
        {
            Assert.Equal(GuestItsError.None, machine.Event(0x03, 8, number));
        }

        Assert.Equal([First + 1, First + 2, First + 3], machine.Sink.Raised);
        Assert.Equal(GuestItsError.None, machine.Event(0x04, 8, 1));
        Assert.Equal([First + 2, First + 3], machine.Sink.Raised);
        Assert.Equal(GuestItsError.None, machine.Event(0x0F, 8, 2));
        Assert.Equal([First + 3], machine.Sink.Raised);
        Assert.Equal(GuestItsError.None, machine.MapDevice(8, 3, valid: false));
        Assert.Empty(machine.Sink.Raised);
        Assert.True(machine.Send(8, 1) == false && machine.Its.TakenEvents == 0);
    }

    [Fact]
    public void An_event_whose_collection_is_not_mapped_is_dropped_until_it_is_moved_to_one_that_is()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        machine.MapEvent(8, 1, First + 1, collection: 4);
        Assert.False(machine.Send(8, 1));
        Assert.Equal(GuestItsError.MoveUnmappedCollection, machine.Event(0x01, 8, 1, 5));

        Assert.Equal(GuestItsError.None, machine.Event(0x01, 8, 1, 0));
        Assert.True(machine.Send(8, 1));
        Assert.Equal(GuestItsError.None, machine.Command(0x09, 0, 0));
        Assert.False(machine.Send(8, 1));
    }

    [Fact]
    public void A_device_id_of_more_than_16_bits_is_no_other_device_s()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        machine.MapDevice(16, 3);
        Assert.Equal(GuestItsError.None, machine.MapEvent(8, 1, First + 1));
        Assert.Equal(GuestItsError.None, machine.MapEvent(16, 1, First + 2));

        foreach (uint device in (uint[])[0x1_0008, 0x1_0010, uint.MaxValue])
        {
            Assert.NotEqual(GuestItsError.None, machine.Event(0x03, device, 1, 0));
            Assert.NotEqual(GuestItsError.None, machine.Event(0x0F, device, 1, 0));
        }

        Assert.True(machine.Send(8, 1));
        Assert.True(machine.Send(16, 1));
    }

    [Fact]
    public void Each_wrong_command_is_told_by_its_architected_error_and_changes_nothing()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);

        Assert.Equal(GuestItsError.MapDeviceOutOfRange, machine.MapDevice(0x1_0000, 3));
        Assert.Equal(GuestItsError.MapDeviceSizeOutOfRange, machine.MapDevice(9, 12));
        Assert.Equal(GuestItsError.MapCollectionOutOfRange, machine.Command(0x09, 0, (1ul << 63) | 16));
        Assert.Equal(GuestItsError.MapCollectionTargetOutOfRange, machine.Command(0x09, 0, (1ul << 63) | (1ul << 16) | 1));
        Assert.Equal(GuestItsError.MapEventUnmappedDevice, machine.MapEvent(9, 0, First));
        Assert.Equal(GuestItsError.MapEventUnmappedDevice, machine.MapEvent(0x1_0008, 0, First));
        Assert.Equal(GuestItsError.MapEventOutOfRange, machine.MapEvent(8, 8, First));
        Assert.Equal(GuestItsError.MapInterruptOutOfRange, machine.MapEvent(8, 0, First - 1));
        Assert.Equal(GuestItsError.MapInterruptOutOfRange, machine.MapEvent(8, 0, First + GuestLpis.Count));
        Assert.Equal(GuestItsError.MapInterruptOutOfRange, machine.MapEvent(8, 0, 32));
        Assert.Equal(GuestItsError.MapCollectionOutOfRange, machine.MapEvent(8, 0, First, collection: 16));
        Assert.Equal(GuestItsError.MapInterruptOutOfRange, machine.Event(0x0B, 8, 0));
        Assert.Equal(GuestItsError.MoveUnmappedInterrupt, machine.Event(0x01, 8, 0));
        Assert.Equal(GuestItsError.InterruptUnmappedInterrupt, machine.Event(0x03, 8, 0));
        Assert.Equal(GuestItsError.ClearUnmappedInterrupt, machine.Event(0x04, 8, 0));
        Assert.Equal(GuestItsError.InvalidateUnmappedInterrupt, machine.Event(0x0C, 8, 0));
        Assert.Equal(GuestItsError.InvalidateUnmappedCollection, machine.Command(0x0D, 0, 3));
        Assert.Equal(GuestItsError.MoveAllTargetOutOfRange, machine.Command(0x0E, 0, 1ul << 16));
        Assert.Equal(GuestItsError.DiscardUnmappedInterrupt, machine.Event(0x0F, 8, 0));
        Assert.Equal(GuestItsError.UnknownCommand, machine.Command(0x25, 0, 0));
        Assert.Equal(GuestItsError.None, machine.Command(0x05, 0, 0));
        Assert.Equal(64u, machine.Its.TakenEvents);
        Assert.Empty(machine.Sink.Raised);
    }

    [Fact]
    public void A_service_that_stalls_waits_at_the_wrong_command_until_it_is_tried_again()
    {
        GuestItsMachine machine = new GuestItsMachine(new GuestItsOptions { StallsAtErrors = true }).Start();
        machine.Append(0x25, 0, 0);
        machine.Append(0x08 | (8ul << 32), 2, 1ul << 63);
        machine.Publish();

        Assert.Equal(1ul, machine.Read(0x90) & 1);
        Assert.Equal(1ul, machine.Read(0x90) >> 5);
        Assert.Equal(0u, machine.Its.TakenEvents);
        machine.Publish(retry: true);
        Assert.Equal(2u, machine.Its.WrongCommands);

        machine.Memory.Write64(GuestItsMachine.Queue + 32, 0x05);
        machine.Publish(retry: true);
        Assert.Equal(3ul << 5, machine.Read(0x90));
        Assert.Equal(64u, machine.Its.TakenEvents);
        Assert.Equal(0ul, machine.Read(0x88) & 1);
    }

    [Fact]
    public void A_queue_outside_of_the_guest_s_RAM_is_not_taken_and_one_that_leaves_it_stalls_the_service()
    {
        GuestItsMachine machine = new();
        machine.Write(0x80, (1ul << 63) | 0x9000_0000);
        Assert.Equal(1ul << 63, machine.Read(0x80));

        ulong last = GuestItsMachine.Ram + GuestItsMachine.RamBytes - 0x1000;
        machine.Write(0x80, (1ul << 63) | last | 3);
        machine.Write(0x00, 1, AccessWidth.Word);
        for (ulong offset = 0; offset < 0x1000; offset += 32)
        {
            machine.Memory.Write64(last + offset, 0x05);
        }

        machine.Write(0x88, 130 << 5);
        _ = machine.Read(0x90);
        Assert.Equal((128ul << 5) | 1, machine.Read(0x90));
        Assert.Equal(GuestItsError.QueueOutOfReach, machine.Its.LastError);
        machine.Write(0x88, (130 << 5) | 1);
        Assert.Equal((128ul << 5) | 1, machine.Read(0x90));
    }

    [Fact]
    public void The_queue_changes_only_while_the_service_is_off_and_then_begins_anew()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.Command(0x05, 0, 0);
        Assert.NotEqual(0ul, machine.Read(0x90));
        ulong before = machine.Read(0x80);

        machine.Write(0x80, (1ul << 63) | (GuestItsMachine.Queue + 0x1000));
        Assert.Equal(before, machine.Read(0x80));
        Assert.NotEqual(0ul, machine.Read(0x90));

        machine.Write(0x00, 0, AccessWidth.Word);
        Assert.Equal(0x8000_0000ul, machine.Read(0x00, AccessWidth.Word));
        machine.Write(0x80, (1ul << 63) | (GuestItsMachine.Queue + 0x1000));
        Assert.Equal(0ul, machine.Read(0x90));
    }

    [Fact]
    public void A_place_beyond_the_queue_s_end_is_not_gone_to()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.Memory.CountsReads = true;

        machine.Write(0x88, 500 << 5);

        Assert.Empty(machine.Memory.Reads);
        machine.Write(0x88, 0xF_FFE0);
        Assert.Empty(machine.Memory.Reads);
    }

    [Fact]
    public void The_queue_is_a_ring()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        for (int round = 0; round < 300; round++)
        {
            Assert.Equal(GuestItsError.None, machine.Command(0x05, 0, 0));
        }

        Assert.Equal(301u, machine.Its.Commands);
        Assert.Equal((301ul % 128) << 5, machine.Read(0x90));
    }

    [Fact]
    public void One_access_does_a_bounded_number_of_commands_and_the_next_goes_on()
    {
        GuestItsMachine machine = new GuestItsMachine().Start(pages: 4);
        uint before = machine.Its.Commands;
        for (int index = 0; index < 400; index++)
        {
            machine.Append(0x05, 0, 0);
        }

        machine.Publish();
        Assert.Equal(GuestIts<GuestRam>.MostWork, machine.Its.Commands - before);
        Assert.True(machine.Its.HasCommands);
        int reads = 0;
        while (machine.Its.HasCommands)
        {
            _ = machine.Read(0x90);
            reads++;
        }

        Assert.Equal(400u, machine.Its.Commands - before);
        Assert.Equal(3, reads);
    }

    [Fact]
    public void Commands_that_go_over_whole_tables_count_for_more()
    {
        GuestItsMachine machine = new GuestItsMachine().Start(pages: 4);
        uint before = machine.Its.Commands;
        for (int index = 0; index < 100; index++)
        {
            machine.Append(0x0D, 0, 0);
        }

        machine.Publish();

        Assert.Equal(GuestIts<GuestRam>.MostWork / 32, machine.Its.Commands - before);
    }

    [Fact]
    public void Each_word_of_a_command_is_read_once_so_that_what_was_checked_is_what_is_done()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        machine.Memory.CountsReads = true;
        machine.Memory.AfterRead = address =>
        {
            if (address < GuestItsMachine.Configuration)
            {
                machine.Memory.Write64(address, ulong.MaxValue);
            }
        };

        Assert.Equal(GuestItsError.None, machine.MapEvent(8, 1, First + 1));

        Assert.All(machine.Memory.Reads, static read => Assert.Equal(1, read.Value));
        Assert.Equal(3, machine.Memory.Reads.Count(static read => read.Key < GuestItsMachine.Configuration));
        Assert.True(machine.Send(8, 1));
        Assert.Equal([First + 1], machine.Sink.Raised);
    }

    [Fact]
    public void Devices_and_events_have_quotas_and_what_is_given_back_can_be_taken_again()
    {
        GuestItsMachine machine = new GuestItsMachine(new GuestItsOptions { Devices = 3, Events = 256 }).Start();
        Assert.Equal(GuestItsError.None, machine.MapDevice(1, 7));
        Assert.Equal(GuestItsError.MapDeviceSizeOutOfRange, machine.MapDevice(2, 8));
        Assert.Equal(GuestItsError.None, machine.MapDevice(2, 6));
        Assert.Equal(GuestItsError.None, machine.MapDevice(3, 1));
        Assert.Equal(GuestItsError.MapDeviceOutOfRange, machine.MapDevice(4, 1));
        Assert.Equal(256u, machine.Its.TakenEvents);

        for (int round = 0; round < 1000; round++)
        {
            Assert.Equal(GuestItsError.None, machine.MapDevice(1, 7, valid: false));
            Assert.Equal(GuestItsError.None, machine.MapDevice(4, 7));
            Assert.Equal(GuestItsError.None, machine.MapDevice(4, 7, valid: false));
            Assert.Equal(GuestItsError.None, machine.MapDevice(1, 7));
        }

        Assert.Equal(256u, machine.Its.TakenEvents);
    }

    [Fact]
    public void A_device_that_is_mapped_anew_has_none_of_its_old_events()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        machine.MapEvent(8, 1, First + 1);
        Assert.True(machine.Send(8, 1));

        machine.MapDevice(8, 3);

        Assert.False(machine.Send(8, 1));
        Assert.Empty(machine.Sink.Raised);
    }

    [Fact]
    public void While_the_service_or_its_interrupts_are_off_messages_are_dropped_and_nothing_is_pending_after_they_were()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        machine.MapEvent(8, 1, First + 1);
        machine.Write(0x00, 0, AccessWidth.Word);
        Assert.False(machine.Send(8, 1));
        machine.Write(0x00, 1, AccessWidth.Word);
        machine.Configure(First + 1, enabled: false);
        machine.Event(0x0C, 8, 1);
        Assert.True(machine.Send(8, 1));
        Assert.Equal(1u, machine.Its.PendingInterrupts);

        machine.Its.WriteRedistributor(0x00, AccessWidth.Word, new GuestValue(0), machine.Sink.Handle);
        Assert.Equal(0u, machine.Its.PendingInterrupts);
        Assert.False(machine.Send(8, 1));
        machine.Configure(First + 1, enabled: true);
        machine.Its.WriteRedistributor(0x00, AccessWidth.Word, new GuestValue(1), machine.Sink.Handle);
        Assert.Empty(machine.Sink.Raised);
        Assert.True(machine.Send(8, 1));
        Assert.Equal([First + 1], machine.Sink.Raised);
    }

    [Fact]
    public void An_interrupt_that_was_raised_and_not_taken_is_withdrawn_when_message_interrupts_go_off_and_a_disabled_one_stays_away()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(8, 3);
        foreach ((uint number, uint interrupt) in new[] { (0u, First), (1u, First + 5), (2u, First + GuestLpis.Count - 1) })
        {
            machine.Configure(interrupt, enabled: true);
            Assert.Equal(GuestItsError.None, machine.MapEvent(8, number, interrupt));
            Assert.True(machine.Send(8, number));
        }

        Assert.Equal(3, machine.Sink.Raised.Count);

        machine.Its.WriteRedistributor(0x00, AccessWidth.Word, new GuestValue(0), machine.Sink.Handle);

        Assert.Empty(machine.Sink.Raised);
        Assert.Equal(GuestItsError.MapDeviceSizeOutOfRange, machine.MapDevice(9, 32));
        Assert.False(machine.Send(9, 0));
    }

    [Fact]
    public void The_tables_of_message_interrupts_move_only_while_they_are_off_and_lie_in_RAM()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.Its.ReadRedistributor(0x70, AccessWidth.DoubleWord, out ulong before);
        machine.Its.WriteRedistributor(0x70, AccessWidth.DoubleWord, new GuestValue(0x4005_000D), machine.Sink.Handle);
        machine.Its.ReadRedistributor(0x70, AccessWidth.DoubleWord, out ulong after);
        Assert.Equal(before, after);

        GuestItsMachine other = new();
        other.Its.WriteRedistributor(0x70, AccessWidth.DoubleWord, new GuestValue(0x9000_000D), other.Sink.Handle);
        other.Its.ReadRedistributor(0x70, AccessWidth.DoubleWord, out after);
        Assert.Equal(0x0Dul, after);
    }

    [Fact]
    public void Halves_of_wide_registers_do_what_the_whole_does()
    {
        GuestItsMachine machine = new();
        machine.Write(0x84, 0x8000_0000, AccessWidth.Word);
        machine.Write(0x80, (uint)GuestItsMachine.Queue, AccessWidth.Word);
        machine.Write(0x00, 1, AccessWidth.Word);
        machine.Memory.Write64(GuestItsMachine.Queue, 0x05);
        machine.Write(0x88, 1 << 5, AccessWidth.Word);
        machine.Write(0x8C, 0, AccessWidth.Word);

        Assert.Equal(1ul << 5, machine.Read(0x90, AccessWidth.Word));
        Assert.Equal(1u, machine.Its.Commands);
    }

    [Fact]
    public void A_processor_s_write_to_the_doorbell_does_nothing_and_is_counted()
    {
        GuestItsMachine machine = new GuestItsMachine().Start();
        machine.MapDevice(0, 3);
        machine.MapEvent(0, 0, First);
        uint denied = machine.Its.Denied;

        Assert.NotEqual(AccessResult.Done, machine.Write(0x1_0040, 0, AccessWidth.Word));

        Assert.Empty(machine.Sink.Raised);
        Assert.Equal(denied + 1, machine.Its.Denied);
    }

    [Fact]
    public void Nothing_of_it_allocates()
    {
        GuestItsMachine machine = new GuestItsMachine().Start(pages: 4);
        machine.MapDevice(8, 5);
        machine.MapEvent(8, 1, First + 1);
        machine.Configure(First + 1, enabled: false);
        machine.Event(0x0C, 8, 1);
        // The runtime may make code anew in between, and that allocates.
        long least = long.MaxValue;
        for (int round = 0; round < 6; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Work()
        {
            for (uint index = 0; index < 200; index++)
            {
                machine.Append(index % 0x11 | (8ul << 32), 1 | ((ulong)(First + 1) << 32), 0);
            }

            machine.Publish();
            machine.Send(8, 1);
            while (machine.Its.HasCommands)
            {
                machine.Read(0x90);
            }
        }
    }
}
