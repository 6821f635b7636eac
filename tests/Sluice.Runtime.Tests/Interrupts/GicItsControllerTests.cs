using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public class GicItsControllerTests
{
    [Theory]
    [MemberData(nameof(ItsFixture.Variants), MemberType = typeof(ItsFixture))]
    public void A_functions_message_raises_its_vector(bool snooped, bool lazy)
    {
        ItsFixture fixture = ItsFixture.Started(snooped, lazy);
        VectorBlock first = fixture.Allocate(1, 0x100, 4);
        VectorBlock second = fixture.Allocate(2, 0x200, 3);
        for (uint index = 0; index < 3; index++)
        {
            fixture.Send(0x100, fixture.Controller.Message(first.First + index));
            fixture.Send(0x200, fixture.Controller.Message(second.First + index));
            Assert.Equal([first.First + index, second.First + index], fixture.Take());
        }

        Assert.Equal(0u, fixture.Controller.Message(first.First).Data);
        Assert.Equal(0u, fixture.Controller.Message(second.First).Data);
        Assert.Equal(0, fixture.Model.Dropped);
        Assert.Equal(0, fixture.Model.WrongCommands);
        Assert.Equal(7u, fixture.Controller.TakenVectors);
    }

    [Fact]
    public void A_function_can_raise_no_vector_of_another_whatever_it_writes()
    {
        ItsFixture fixture = ItsFixture.Started();
        VectorBlock mine = fixture.Allocate(1, 0x100, 4);
        VectorBlock theirs = fixture.Allocate(2, 0x200, 32);
        MsiMessage message = fixture.Controller.Message(theirs.First);
        for (uint data = 0; data < 0x400; data++)
        {
            fixture.Send(0x100, new MsiMessage(message.Address, data));
            fixture.Send(0x300, new MsiMessage(message.Address, data));
        }

        Assert.Equal([mine.First, mine.First + 1, mine.First + 2, mine.First + 3], fixture.Take());
        Assert.Equal(0x800 - 4, fixture.Model.Dropped);
        Assert.True(fixture.Controller.Abilities.HasFlag(MsiAbilities.IsolatesRequesters));
    }

    [Fact]
    public void A_masked_vector_keeps_its_message_until_it_is_unmasked()
    {
        ItsFixture fixture = ItsFixture.Started();
        VectorBlock block = fixture.Allocate(1, 0x100, 2);
        Assert.True(fixture.Controller.TryMask(block.First + 1));
        fixture.Send(0x100, fixture.Controller.Message(block.First + 1));
        fixture.Send(0x100, fixture.Controller.Message(block.First + 1));
        fixture.Send(0x100, fixture.Controller.Message(block.First));
        Assert.Equal([block.First], fixture.Take());
        Assert.True(fixture.Controller.TryUnmask(block.First + 1, out bool wasRaised));
        Assert.False(wasRaised);
        Assert.Equal([block.First + 1], fixture.Take());
        Assert.False(fixture.Controller.TryMask(100));
        Assert.False(fixture.Controller.TryUnmask(5000, out _));
    }

    [Fact]
    public void A_vector_that_was_given_back_means_nothing_and_what_was_pending_of_it_goes()
    {
        ItsFixture fixture = ItsFixture.Started();
        VectorBlock block = fixture.Allocate(1, 0x100, 2);
        MsiMessage message = fixture.Controller.Message(block.First + 1);
        Assert.True(fixture.Controller.TryMask(block.First + 1));
        fixture.Send(0x100, message);
        fixture.Controller.Free(new OwnerId(2), block);
        Assert.Equal(2u, fixture.Controller.TakenVectors);
        fixture.Controller.Free(new OwnerId(1), block);
        Assert.Equal(0u, fixture.Controller.TakenVectors);
        Assert.Equal(0, fixture.Model.MappedDevices);
        fixture.Send(0x100, message);
        VectorBlock next = fixture.Allocate(2, 0x200, 2);
        Assert.Equal(block.First, next.First);
        Assert.Empty(fixture.Take());
        fixture.Send(0x100, message);
        Assert.Empty(fixture.Take());
        Assert.Equal(0, fixture.Model.WrongCommands);
    }

    [Fact]
    public void An_alias_sends_the_same_vectors_and_nobody_elses()
    {
        ItsFixture fixture = ItsFixture.Started();
        Assert.True(fixture.TryAllocate(1, 0x210, 2, out VectorBlock first, alias: 0x200));
        Assert.True(fixture.TryAllocate(1, 0x218, 2, out VectorBlock second, alias: 0x200));
        Assert.False(fixture.TryAllocate(2, 0x220, 1, out _, alias: 0x200));
        fixture.Send(0x200, fixture.Controller.Message(first.First));
        fixture.Send(0x210, fixture.Controller.Message(first.First + 1));
        fixture.Send(0x200, fixture.Controller.Message(second.First + 1));
        fixture.Send(0x210, fixture.Controller.Message(second.First + 1));
        Assert.Equal([first.First, first.First + 1, second.First + 1], fixture.Take());
        fixture.Controller.Free(new OwnerId(1), first);
        fixture.Send(0x200, fixture.Controller.Message(second.First));
        Assert.Equal([second.First], fixture.Take());
        Assert.Equal(2, fixture.Model.MappedDevices);
        fixture.Controller.Free(new OwnerId(1), second);
        Assert.Equal(0, fixture.Model.MappedDevices);
    }

    [Fact]
    public void Message_data_is_aligned_where_that_is_asked_for()
    {
        ItsFixture fixture = ItsFixture.Started();
        VectorBlock odd = fixture.Allocate(1, 0x100, 3);
        Assert.True(fixture.TryAllocate(1, 0x100, 8, out VectorBlock block, alignment: 8));
        Assert.Equal(8u, fixture.Controller.Message(block.First).Data);
        for (uint index = 0; index < 8; index++)
        {
            Assert.Equal(8 + index, fixture.Controller.Message(block.First + index).Data);
        }

        fixture.Controller.Free(new OwnerId(1), odd);
        fixture.Send(0x100, fixture.Controller.Message(block.First + 7));
        Assert.Equal([block.First + 7], fixture.Take());
    }

    [Fact]
    public void Vectors_events_and_devices_run_out_as_errors()
    {
        ItsFixture fixture = ItsFixture.Started();
        Assert.False(fixture.TryAllocate(0, 0x100, 1, out _));
        Assert.False(fixture.TryAllocate(1, 0x100, 0, out _));
        Assert.False(fixture.TryAllocate(1, 0x100, 257, out _));
        Assert.False(fixture.TryAllocate(1, 0x1000, 1, out _));
        VectorBlock all = fixture.Allocate(1, 0x100, 256);
        Assert.False(fixture.TryAllocate(1, 0x100, 1, out _));
        Assert.False(fixture.TryAllocate(2, 0x100, 1, out _));
        for (ushort device = 1; device < 8; device++)
        {
            _ = fixture.Allocate(1, (ushort)(0x200 + device), 1);
        }

        Assert.False(fixture.TryAllocate(1, 0x300, 1, out _));
        Assert.Equal(263u, fixture.Controller.TakenVectors);
        fixture.Controller.Free(new OwnerId(1), all);
        _ = fixture.Allocate(2, 0x300, 1);
        Assert.Equal(0, fixture.Model.WrongCommands);
    }

    [Fact]
    public void G14_ten_thousand_allocations_leave_everything_as_it_was()
    {
        ItsFixture fixture = ItsFixture.Started();
        uint free = fixture.Pool.FreePages;
        Random random = new(7);
        for (int round = 0; round < 2_000; round++)
        {
            VectorBlock block = fixture.Allocate((ushort)(1 + (round % 5)), (ushort)random.Next(0x1000), (uint)random.Next(1, 5));
            fixture.Controller.Free(new OwnerId((ushort)(1 + (round % 5))), block);
        }

        Assert.Equal((0u, 0, free, 0), (fixture.Controller.TakenVectors, fixture.Model.MappedDevices, fixture.Pool.FreePages, fixture.Model.WrongCommands));
    }

    [Fact]
    public void A_refused_command_is_told_and_the_queue_goes_on()
    {
        ItsFixture fixture = ItsFixture.Started();
        fixture.Model.Refuses = first => (first & 0xFF) == 0x0A;
        Assert.False(fixture.TryAllocate(1, 0x100, 2, out _));
        Assert.Equal(6u, fixture.Controller.RejectedCommands);
        fixture.Model.Refuses = null;
        fixture.Send(0x100, new MsiMessage(new RegisterAddress(ItsFixture.Its + GicIts.Offsets.GitsTranslater), 0));
        Assert.Empty(fixture.Take());
    }

    [Fact]
    public void Each_command_that_is_never_taken_gives_vectors_to_nobody_and_none_back()
    {
        for (int step = 0; step < 10; step++)
        {
            ItsFixture fixture = ItsFixture.Started();
            int seen = 0;
            fixture.Model.Commanded = _ => fixture.Model.Hangs |= seen++ == step;
            bool allocated = fixture.TryAllocate(1, 0x100, 2, out VectorBlock block);

            // Mapping takes six commands, unmapping four.
            Assert.Equal(step >= 6, allocated);
            fixture.Controller.Free(new OwnerId(1), block);

            Assert.True(fixture.Controller.IsBroken, $"step {step}");
            Assert.False(fixture.TryAllocate(2, 0x200, 1, out _));
            Assert.Equal(2u, fixture.Controller.TakenVectors);
        }
    }

    [Fact]
    public void A_queue_that_cannot_be_read_is_given_up_after_one_try()
    {
        ItsFixture fixture = ItsFixture.Started();
        fixture.Model.FetchFails = true;
        Assert.False(fixture.TryAllocate(1, 0x100, 1, out _));
        Assert.True(fixture.Controller.IsBroken);
        Assert.Equal(1u, fixture.Controller.RejectedCommands);
    }

    [Fact]
    public void Each_register_that_keeps_nothing_is_named_and_all_memory_returns()
    {
        uint[] registers = [GicIts.Offsets.GitsBaser, GicIts.Offsets.GitsBaser + 8, GicIts.Offsets.GitsCbaser, GicIts.Offsets.GitsCtlr];
        foreach (uint lost in registers)
        {
            ItsFixture fixture = new();
            uint free = fixture.Pool.FreePages;
            fixture.Model.Loses = register => register == lost;
            Assert.Equal(ItsResult.NotKept, fixture.Start());
            Assert.False(fixture.Controller.FailedRegister.IsRedistributor);
            Assert.Equal(lost, fixture.Controller.FailedRegister.Offset);
            Assert.Equal(free, fixture.Pool.FreePages);
            Assert.True(fixture.Controller.IsBroken);
            Assert.False(fixture.TryAllocate(1, 0x100, 1, out _));
        }

        ItsFixture silent = new();
        uint before = silent.Pool.FreePages;
        silent.Interrupts.LosesControl = true;
        Assert.Equal(ItsResult.Timeout, silent.Start());
        Assert.Equal((true, GicRedistributor.Offsets.GicrCtlr), (silent.Controller.FailedRegister.IsRedistributor, silent.Controller.FailedRegister.Offset));
        Assert.Equal(before, silent.Pool.FreePages);

        ItsFixture hanging = new();
        hanging.Model.Commanded = _ => hanging.Model.Hangs = true;
        Assert.Equal(ItsResult.Timeout, hanging.Start());
        Assert.Equal(GicIts.Offsets.GitsCtlr, hanging.Controller.FailedRegister.Offset);
    }

    [Fact]
    public void Each_shortage_of_memory_is_undone()
    {
        int failures = 0;
        for (uint pages = 1; pages < 80; pages++)
        {
            ItsFixture fixture = new(poolPages: pages);
            uint free = fixture.Pool.FreePages;
            ItsResult result = fixture.Start();
            failures += result == ItsResult.OutOfMemory ? 1 : 0;
            Assert.True(result == ItsResult.OutOfMemory || fixture.Controller.TryStop(ref fixture.Pool) == ItsResult.Done);
            Assert.Equal(free, fixture.Pool.FreePages);
        }

        Assert.InRange(failures, 20, 70);
    }

    [Fact]
    public void A_service_that_keeps_devices_or_collections_itself_needs_no_table_for_them()
    {
        ItsFixture fixture = ItsFixture.Started(model: new SimulatedItsOptions { HasDeviceTable = false, HasCollectionTable = false, OwnCollections = 1 });
        VectorBlock block = fixture.Allocate(1, 0x100, 1);
        fixture.Send(0x100, fixture.Controller.Message(block.First));
        Assert.Equal([block.First], fixture.Take());
    }

    [Fact]
    public void A_service_that_cannot_be_told_to_snoop_is_told_to_keep_out_of_caches()
    {
        ItsFixture plain = ItsFixture.Started();
        Assert.Equal((1u, 7u), plain.Model.QueueAttributes);
        ItsFixture fixture = new(new SimulatedItsOptions { Snoops = false }, snooped: false, processor: 3);
        Assert.Equal(ItsResult.Done, fixture.Start(ItsFixture.Options with { IsCoherent = true }));
        Assert.Equal((0u, 1u), fixture.Model.QueueAttributes);
        VectorBlock block = fixture.Allocate(1, 0x100, 1);
        fixture.Send(0x100, fixture.Controller.Message(block.First));
        Assert.Equal([block.First], fixture.Take());
    }

    [Fact]
    public void When_it_is_stopped_nothing_of_it_points_at_memory_any_more()
    {
        ItsFixture fixture = ItsFixture.Started();
        Assert.Equal(3, fixture.Model.ValidTables);
        Assert.Equal(ItsResult.Done, fixture.Controller.TryStop(ref fixture.Pool));
        Assert.Equal(0, fixture.Model.ValidTables);

        ItsFixture failed = new();
        failed.Interrupts.LosesControl = true;
        Assert.Equal(ItsResult.Timeout, failed.Start());
        Assert.Equal(0, failed.Model.ValidTables);
    }

    [Fact]
    public void What_a_service_lacks_is_told_by_the_register_that_says_so()
    {
        AssertRefused(new ItsFixture(new SimulatedItsOptions { Physical = false }), false, GicIts.Offsets.GitsTyper);
        AssertRefused(new ItsFixture(new SimulatedItsOptions { DeviceBits = 8 }), false, GicIts.Offsets.GitsTyper);
        AssertRefused(new ItsFixture(new SimulatedItsOptions { Architecture = 2 }), false, GicIts.Offsets.GitsPidr2);
        AssertRefused(new ItsFixture(new SimulatedItsOptions { HasCollectionTable = false }), false, GicIts.Offsets.GitsTyper);
        ItsFixture running = new(canSwitchOff: false);
        running.Interrupts.Write(GicRedistributor.Offsets.GicrCtlr, AccessWidth.Word, 1);
        AssertRefused(running, true, GicRedistributor.Offsets.GicrCtlr);

        static void AssertRefused(ItsFixture fixture, bool isRedistributor, uint offset)
        {
            uint free = fixture.Pool.FreePages;
            Assert.Equal(ItsResult.Unsupported, fixture.Start());
            Assert.Equal((isRedistributor, offset), (fixture.Controller.FailedRegister.IsRedistributor, fixture.Controller.FailedRegister.Offset));
            Assert.Equal(free, fixture.Pool.FreePages);
        }
    }

    [Fact]
    public void Tables_of_large_pages_and_targets_by_address_are_served()
    {
        ItsFixture fixture = ItsFixture.Started(model: new SimulatedItsOptions { LargePages = true, TargetsAreAddresses = true });
        VectorBlock block = fixture.Allocate(1, 0xFFF, 1);
        fixture.Send(0xFFF, fixture.Controller.Message(block.First));
        Assert.Equal([block.First], fixture.Take());
        Assert.Equal(0, fixture.Model.WrongCommands);
    }

    [Fact]
    public void What_is_no_vector_is_not_the_services()
    {
        ItsFixture fixture = ItsFixture.Started();
        PendingBits raised = default;
        foreach (uint interrupt in new uint[] { 0, 32, 8191, 8192 + 512, uint.MaxValue })
        {
            Assert.Equal(MsiCollection.Foreign, fixture.Controller.Collect(interrupt, ref raised));
        }

        Assert.Equal(MsiCollection.Done, fixture.Controller.Collect(8192, ref raised));
        Assert.Equal(0u, raised.Count);
        Assert.InRange(Unsafe.SizeOf<ItsDriver>(), 6_000, 9_000);
    }
}
