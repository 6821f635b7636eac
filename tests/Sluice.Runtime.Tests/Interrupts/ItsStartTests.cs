using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation;
using Sluice.Simulation.Interrupts;
using Xunit;
using Watched = Sluice.Runtime.Interrupts.GicItsController<Sluice.Runtime.Tests.Interrupts.WatchedBus, Sluice.Simulation.SimulatedMemory, Sluice.Simulation.SimulatedClock>;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>What the driver of the translation service writes when it is started and stopped, and what it makes of a service that loses it or answers something else.</summary>
public sealed class ItsStartTests
{
    private const uint Page = 0x1000;

    private static readonly string[] s_start =
    [
        "GITS_CTLR", "GITS_BASER0", "GITS_BASER0", "GITS_BASER1", "GITS_BASER1", "GITS_CBASER", "GITS_CWRITER", "GITS_CTLR", "GITS_CWRITER",
        "GICR_PROPBASER", "GICR_PENDBASER", "GICR_CTLR", "GITS_CWRITER",
    ];

    private readonly BusWatch _watch = new();
    private ItsFixture _fixture = new();
    private Watched _controller;

    [Fact]
    public void It_gets_its_tables_and_its_queue_before_it_is_on_and_the_redistributor_opens_when_it_is()
    {
        Assert.Equal(ItsResult.Done, Start());

        Assert.Equal(s_start, _watch.Writes.Select(static write => Name(write.Address)));
        Assert.Equal([0ul, 1ul], Written("GITS_CTLR"));
        Assert.Equal([0ul, 0x40ul, 0x80ul], Written("GITS_CWRITER"));
        Assert.Equal([1ul], Written("GICR_CTLR"));
    }

    [Theory]
    [InlineData(true, 7u, 1u)]
    [InlineData(false, 1u, 0u)]
    public void What_points_at_memory_says_whether_caches_are_snooped(bool coherent, uint innerCache, uint shareability)
    {
        _fixture = new ItsFixture(snooped: coherent);
        Assert.Equal(ItsResult.Done, Start(ItsFixture.Options with { IsCoherent = coherent }));

        foreach (ulong table in Written("GITS_BASER0").Concat(Written("GITS_BASER1")))
        {
            Assert.Equal((innerCache, shareability), (new GicIts.GitsBaser(table).InnerCache, new GicIts.GitsBaser(table).Shareability));
        }

        GicIts.GitsCbaser queue = new(Written("GITS_CBASER").Single());
        GicRedistributor.GicrPropbaser configuration = new(Written("GICR_PROPBASER").Single());
        GicRedistributor.GicrPendbaser pending = new(Written("GICR_PENDBASER").Single());
        Assert.Equal((innerCache, shareability), (queue.InnerCache, queue.Shareability));
        Assert.Equal((innerCache, shareability), (configuration.InnerCache, configuration.Shareability));
        Assert.Equal((innerCache, shareability), (pending.InnerCache, pending.Shareability));
    }

    [Fact]
    public void No_two_of_the_tables_lie_on_each_other_and_each_is_as_large_as_it_says()
    {
        Assert.Equal(ItsResult.Done, Start());

        GicIts.GitsBaser devices = new(Written("GITS_BASER0").Last());
        GicIts.GitsBaser collections = new(Written("GITS_BASER1").Last());
        GicIts.GitsCbaser queue = new(Written("GITS_CBASER").Single());
        GicRedistributor.GicrPropbaser configuration = new(Written("GICR_PROPBASER").Single());
        GicRedistributor.GicrPendbaser pending = new(Written("GICR_PENDBASER").Single());
        Assert.True(devices.Valid && collections.Valid && queue.Valid && pending.Ptz);
        Assert.True(!devices.Indirect && !collections.Indirect);
        Assert.Equal((7u, 0u, 0u, 13u), (devices.Size, collections.Size, queue.Size, configuration.IdBits));

        // Devices: 12 bits of 8 bytes. Configuration: a byte for each number of 14 bits from 8192 on. Pending: a bit for each, at a multiple of 64 KiB.
        (ulong Start, uint Pages)[] taken =
        [
            (devices.PhysicalAddress << 12, 8), (collections.PhysicalAddress << 12, 1), (queue.PhysicalAddress << 12, 1),
            (configuration.PhysicalAddress << 12, 2), (pending.PhysicalAddress << 16, 16),
        ];
        Array.Sort(taken);
        for (int index = 1; index < taken.Length; index++)
        {
            Assert.True(taken[index - 1].Start + (taken[index - 1].Pages * Page) <= taken[index].Start);
        }

        Assert.All(taken, static table => Assert.InRange(table.Start, ItsFixture.MemoryStart, ItsFixture.MemoryStart + 0x10_0000 - 1));
    }

    [Theory]
    [InlineData(9, 0u)]
    [InlineData(10, 1u)]
    [InlineData(12, 7u)]
    public void The_device_table_has_room_for_every_id_and_no_page_more(int bits, uint size)
    {
        Assert.Equal(ItsResult.Done, Start(ItsFixture.Options with { DeviceBits = bits, IsCoherent = true }));

        Assert.Equal(size, new GicIts.GitsBaser(Written("GITS_BASER0").Last()).Size);
        Assert.True(TryAllocate((1u << bits) - 1));
        Assert.False(TryAllocate(1u << bits));
    }

    [Fact]
    public void A_table_of_pages_of_64_KiB_begins_at_one_and_counts_in_them()
    {
        _fixture = new ItsFixture(new SimulatedItsOptions { LargePages = true });
        Assert.Equal(ItsResult.Done, Start());

        GicIts.GitsBaser devices = new(Written("GITS_BASER0").Last());
        Assert.Equal((GicIts.GitsBaserPageSize.Kib64, 0u, 0ul), (devices.PageSize, devices.Size, (devices.PhysicalAddress << 12) & 0xFFFF));
    }

    [Theory]
    [InlineData("GITS_BASER0", 1UL << 63)]
    [InlineData("GITS_BASER0", 1UL << 62)]
    [InlineData("GITS_BASER0", 1UL << 8)]
    [InlineData("GITS_BASER0", 1UL << 12)]
    [InlineData("GITS_BASER0", 1UL << 30)]
    [InlineData("GITS_BASER0", 1UL)]
    [InlineData("GITS_BASER1", 1UL << 63)]
    [InlineData("GITS_BASER1", 1UL << 47)]
    [InlineData("GITS_BASER1", 0x80UL)]
    [InlineData("GITS_CBASER", 1UL << 63)]
    [InlineData("GITS_CBASER", 1UL << 12)]
    [InlineData("GITS_CBASER", 1UL)]
    public void A_register_that_keeps_one_bit_of_its_table_otherwise_is_told_and_all_is_undone(string register, ulong bit)
    {
        uint free = _fixture.Pool.FreePages;
        _watch.Answers = (address, value) => Name(address) == register && (value >> 63 != 0 || Name(address) == "GITS_CBASER") ? value ^ bit : value;

        Assert.Equal(ItsResult.NotKept, Start());

        Assert.Equal(register, Name(ItsFixture.Its + _controller.FailedRegister.Offset));
        Assert.Equal(free, _fixture.Pool.FreePages);
    }

    [Fact]
    public void A_service_that_does_not_snoop_is_told_once_more_of_each_table_that_it_is_to_keep_out_of_caches()
    {
        _fixture = new ItsFixture(new SimulatedItsOptions { Snoops = false }, snooped: false);
        Assert.Equal(ItsResult.Done, Start());

        foreach (string register in (string[])["GITS_BASER0", "GITS_BASER1"])
        {
            GicIts.GitsBaser[] written = [.. Written(register).Select(static value => new GicIts.GitsBaser(value))];
            Assert.Equal([(false, 7u, 1u), (true, 7u, 1u), (true, 1u, 0u)], written.Select(static table => (table.Valid, table.InnerCache, table.Shareability)));
            Assert.Equal((written[1].PhysicalAddress, written[1].Size), (written[2].PhysicalAddress, written[2].Size));
        }

        Assert.Equal([(7u, 1u), (1u, 0u)], Written("GITS_CBASER").Select(static value => (new GicIts.GitsCbaser(value).InnerCache, new GicIts.GitsCbaser(value).Shareability)));
    }

    [Fact]
    public void A_slow_service_is_waited_for_and_no_command_is_written_over_another_nor_retried()
    {
        _fixture = new ItsFixture(new SimulatedItsOptions { Lazy = true });
        Assert.Equal(ItsResult.Done, Start());
        int reads = 0;
        _watch.Answers = (address, value) =>
        {
            _fixture.Model.Hangs = address == ItsFixture.Its + GicIts.Offsets.GitsCreadr && ++reads % 3 != 0;
            return value;
        };
        _watch.Writes.Clear();
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId(0x100), Count = 256, Alignment = 1 };

        Assert.True(_controller.TryAllocate(in request, out VectorBlock block));

        Assert.True(reads > 3 * 500);
        Assert.All(Written("GITS_CWRITER"), static value => Assert.False(new GicIts.GitsCwriter(value).Retry));
        for (uint vector = 0; vector < 256; vector++)
        {
            MsiMessage message = _controller.Message(block.First + vector);
            Assert.True(_fixture.Machine.TryWrite(0x100, message.Address.Value, [(byte)message.Data, 0, 0, 0]));
        }

        Assert.Equal((0, 0), (_fixture.Model.Dropped, _fixture.Model.WrongCommands));
    }

    [Fact]
    public void Commands_that_are_refused_at_one_place_of_the_queue_each_time_round_do_not_break_it()
    {
        Assert.Equal(ItsResult.Done, Start());
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId(0x100), Count = 2, Alignment = 1 };
        Assert.True(_controller.TryAllocate(in request, out VectorBlock block));

        // The queue has 128 places, and one that was refused is taken once more as what does nothing.
        int seen = 0;
        _fixture.Model.Refuses = _ => ++seen % 129 == 5;
        int refused = 0;
        for (int round = 0; round < 300; round++)
        {
            refused += _controller.TryMask(block.First) ? 0 : 1;
        }

        Assert.Equal((5, 5u, false), (refused, _controller.RejectedCommands, _controller.IsBroken));
    }

    [Fact]
    public void A_device_table_of_more_pages_than_the_register_can_say_is_refused_by_its_register()
    {
        uint free = _fixture.Pool.FreePages;
        _watch.Answers = WithEntries(0x1F);
        Assert.Equal(ItsResult.Unsupported, Start(ItsFixture.Options with { DeviceBits = 16 }));
        Assert.Equal((false, GicIts.Offsets.GitsBaser), (_controller.FailedRegister.IsRedistributor, _controller.FailedRegister.Offset));
        Assert.Equal(free, _fixture.Pool.FreePages);

        // 256 pages it could say; this machine has not as many.
        _watch.Answers = WithEntries(0xF);
        Assert.Equal(ItsResult.OutOfMemory, Start(ItsFixture.Options with { DeviceBits = 16 }));
        Assert.Equal(free, _fixture.Pool.FreePages);

        static Func<ulong, ulong, ulong> WithEntries(uint size)
            => (address, value) => Name(address) == "GITS_BASER0" ? (new GicIts.GitsBaser(value) with { EntrySize = size }).Value : value;
    }

    [Fact]
    public void Stopped_it_points_at_nothing_and_all_memory_is_back()
    {
        uint free = _fixture.Pool.FreePages;
        Assert.Equal(ItsResult.Done, Start());
        _watch.Writes.Clear();

        Assert.Equal(ItsResult.Done, _controller.TryStop(ref _fixture.Pool));

        Assert.Equal(["GITS_CTLR", "GITS_CBASER", "GITS_BASER0", "GITS_BASER1", "GICR_CTLR"], _watch.Writes.Select(static write => Name(write.Address)));
        Assert.All(_watch.Writes, static write => Assert.Equal(0ul, write.Value));
        Assert.Equal(free, _fixture.Pool.FreePages);
        Assert.False(_fixture.Interrupts.IsOn);
        Assert.True(_controller.IsBroken);
    }

    [Fact]
    public void A_service_that_does_not_stop_keeps_all_its_memory()
    {
        Assert.Equal(ItsResult.Done, Start());
        uint free = _fixture.Pool.FreePages;
        _watch.Writes.Clear();
        _watch.Loses = static address => Name(address) == "GITS_CTLR";

        Assert.Equal(ItsResult.Timeout, _controller.TryStop(ref _fixture.Pool));

        Assert.Equal(free, _fixture.Pool.FreePages);
        Assert.Equal(["GITS_CTLR"], _watch.Writes.Select(static write => Name(write.Address)));
        Assert.Equal((false, GicIts.Offsets.GitsCtlr), (_controller.FailedRegister.IsRedistributor, _controller.FailedRegister.Offset));
    }

    [Fact]
    public void A_redistributor_that_does_not_stop_keeps_its_two_tables_and_no_more()
    {
        uint free = _fixture.Pool.FreePages;
        Assert.Equal(ItsResult.Done, Start());
        _watch.Loses = static address => Name(address) == "GICR_CTLR";

        Assert.Equal(ItsResult.Timeout, _controller.TryStop(ref _fixture.Pool));

        Assert.Equal(free - 2 - 16, _fixture.Pool.FreePages);
        Assert.Equal((true, GicRedistributor.Offsets.GicrCtlr), (_controller.FailedRegister.IsRedistributor, _controller.FailedRegister.Offset));
    }

    [Theory]
    [InlineData("GITS_BASER0", ItsResult.NotKept, GicIts.Offsets.GitsBaser, false)]
    [InlineData("GITS_BASER1", ItsResult.NotKept, GicIts.Offsets.GitsBaser + 8, false)]
    [InlineData("GITS_CBASER", ItsResult.NotKept, GicIts.Offsets.GitsCbaser, false)]
    [InlineData("GITS_CTLR", ItsResult.NotKept, GicIts.Offsets.GitsCtlr, false)]
    [InlineData("GICR_PROPBASER", ItsResult.NotKept, GicRedistributor.Offsets.GicrPropbaser, true)]
    [InlineData("GICR_PENDBASER", ItsResult.NotKept, GicRedistributor.Offsets.GicrPendbaser, true)]
    [InlineData("GICR_CTLR", ItsResult.Timeout, GicRedistributor.Offsets.GicrCtlr, true)]
    [InlineData("GITS_CWRITER", ItsResult.Timeout, GicIts.Offsets.GitsCreadr, false)]
    public void A_write_of_the_start_that_is_lost_is_told_with_its_register_and_undone(string register, ItsResult result, uint failed, bool isRedistributor)
    {
        uint free = _fixture.Pool.FreePages;
        _watch.Loses = address => Name(address) == register;

        Assert.Equal(result, Start());

        Assert.Equal((isRedistributor, failed), (_controller.FailedRegister.IsRedistributor, _controller.FailedRegister.Offset));
        Assert.Equal(free, _fixture.Pool.FreePages);
        Assert.Equal(0, _fixture.Model.ValidTables);
        Assert.False(_fixture.Interrupts.IsOn);
        Assert.True(_controller.IsBroken);
        Assert.False(TryAllocate(0x100));
        bool opened = register is "GICR_PENDBASER" or "GICR_PROPBASER" or "GICR_CTLR";
        Assert.Equal(opened, _watch.Writes.Any(static write => write.Address >= ItsFixture.Redistributor));
    }

    [Fact]
    public void Whatever_one_register_answers_the_start_ends_and_what_fails_takes_no_memory()
    {
        Assert.Equal(ItsResult.Done, Start());
        List<ulong> read = [.. _watch.Read.Order()];
        Assert.Equal(17, read.Count);
        int refused = 0;
        foreach (ulong register in read)
        {
            foreach (ulong answer in (ulong[])[0, ulong.MaxValue, 0x5555_5555_5555_5555, 0xAAAA_AAAA_AAAA_AAAA])
            {
                _fixture = new ItsFixture();
                uint free = _fixture.Pool.FreePages;
                _watch.Answers = (address, value) => address == register ? answer : value;
                ItsResult result = Start();
                _watch.Answers = null;
                refused += result == ItsResult.Done ? 0 : 1;
                Assert.InRange(_fixture.Machine.PassMicroseconds(0), 0ul, 10 * ItsFixture.Patience);
                if (result != ItsResult.Done)
                {
                    Assert.True(_controller.IsBroken);

                    // What may still be read is not given back: that of a service, or of a redistributor, that does not say that it is off.
                    bool isControl = Name(register) is "GITS_CTLR" or "GICR_CTLR";
                    Assert.True(isControl || free == _fixture.Pool.FreePages, $"{Name(register)} {answer:x}");
                }
            }
        }

        Assert.Equal(39, refused);
    }

    [Theory]
    [InlineData(7u, 15u, true, ItsResult.Done)]
    [InlineData(6u, 15u, true, ItsResult.Unsupported)]
    [InlineData(7u, 11u, true, ItsResult.Done)]
    [InlineData(7u, 10u, true, ItsResult.Unsupported)]
    [InlineData(7u, 15u, false, ItsResult.Unsupported)]
    public void It_needs_physical_interrupts_eight_bits_of_events_and_as_many_bits_of_devices_as_the_board_says(uint idBits, uint deviceBits, bool physical, ItsResult result)
    {
        _watch.Answers = (address, value) => Name(address) == "GITS_TYPER"
            ? (new GicIts.GitsTyper(value) with { IdBits = idBits, DevBits = deviceBits, Physical = physical }).Value
            : value;

        Assert.Equal(result, Start());

        Assert.Equal(result == ItsResult.Done, _watch.Writes.Count > 1);
        Assert.True(result == ItsResult.Done || _controller.FailedRegister.Offset == GicIts.Offsets.GitsTyper);
    }

    [Theory]
    [InlineData(2u, false)]
    [InlineData(3u, true)]
    [InlineData(4u, true)]
    [InlineData(5u, false)]
    public void Nothing_is_written_to_what_is_no_service_of_GICv3_or_GICv4(uint architecture, bool starts)
    {
        _fixture = new ItsFixture(new SimulatedItsOptions { Architecture = architecture });

        Assert.Equal(starts ? ItsResult.Done : ItsResult.Unsupported, Start());

        Assert.Equal(starts, _watch.Writes.Count != 0);
        Assert.True(starts || _controller.FailedRegister.Offset == GicIts.Offsets.GitsPidr2);
    }

    [Fact]
    public void A_redistributor_without_message_interrupts_is_refused_before_memory_is_taken()
    {
        uint free = _fixture.Pool.FreePages;
        _watch.Answers = static (address, value) => Name(address) == "GICR_TYPER" ? (new GicRedistributor.GicrTyper(value) with { Plpis = false }).Value : value;

        Assert.Equal(ItsResult.Unsupported, Start());

        Assert.Equal((true, GicRedistributor.Offsets.GicrTyper), (_controller.FailedRegister.IsRedistributor, _controller.FailedRegister.Offset));
        Assert.Equal((free, 0), (_fixture.Pool.FreePages, _fixture.Model.ValidTables));
    }

    [Fact]
    public void Interrupts_that_somebody_left_on_are_switched_off_before_they_get_new_tables()
    {
        _fixture.Interrupts.Write(GicRedistributor.Offsets.GicrCtlr, AccessWidth.Word, 1);

        Assert.Equal(ItsResult.Done, Start());

        Assert.Equal([0ul, 1ul], Written("GICR_CTLR").Select(static value => value & 1));
        Assert.Equal("GICR_CTLR", Name(_watch.Writes[1].Address));
        Assert.True(_fixture.Interrupts.IsOn);
    }

    [Fact]
    public void Interrupts_that_stay_on_are_told_and_nothing_is_given_to_them()
    {
        uint free = _fixture.Pool.FreePages;
        _fixture.Interrupts.Write(GicRedistributor.Offsets.GicrCtlr, AccessWidth.Word, 1);
        _watch.Answers = static (address, value) => Name(address) == "GICR_CTLR" ? (new GicRedistributor.GicrCtlr((uint)value) with { Rwp = true }).Value : value;

        Assert.Equal(ItsResult.Timeout, Start());

        Assert.Equal((true, GicRedistributor.Offsets.GicrCtlr), (_controller.FailedRegister.IsRedistributor, _controller.FailedRegister.Offset));
        Assert.Equal(free, _fixture.Pool.FreePages);
        Assert.DoesNotContain("GICR_PROPBASER", _watch.Writes.Select(static write => Name(write.Address)));
    }

    [Theory]
    [InlineData(0ul, 100_000ul)]
    [InlineData(5_000ul, 5_000ul)]
    public void A_service_that_never_becomes_quiet_is_waited_for_as_long_as_the_board_says(ulong patience, ulong waited)
    {
        _watch.Answers = static (address, value) => Name(address) == "GITS_CTLR" ? (new GicIts.GitsCtlr((uint)value) with { Quiescent = false }).Value : value;

        Assert.Equal(ItsResult.Timeout, Start(ItsFixture.Options with { PatienceMicroseconds = patience }));

        Assert.InRange(_fixture.Machine.PassMicroseconds(0), waited, waited + (waited / 4) + 100);
        Assert.Equal(GicIts.Offsets.GitsCtlr, _controller.FailedRegister.Offset);
    }

    [Theory]
    [InlineData(0, 0x10000u)]
    [InlineData(17, 0x10000u)]
    [InlineData(-1, 0x10000u)]
    [InlineData(16, 0x10000u)]
    [InlineData(1, 2u)]
    public void Bits_of_a_device_that_are_none_mean_sixteen(int bits, uint devices)
    {
        Assert.Equal(ItsResult.Done, Start(ItsFixture.Options with { DeviceBits = bits, IsCoherent = true }));

        Assert.True(TryAllocate(devices - 1 < ushort.MaxValue ? devices - 1 : ushort.MaxValue));
        Assert.Equal(devices > ushort.MaxValue, TryAllocate(2));
    }

    [Theory]
    [InlineData(0u, 32u)]
    [InlineData(33u, 32u)]
    [InlineData(32u, 32u)]
    [InlineData(2u, 2u)]
    public void So_many_devices_have_events_as_the_board_says_and_32_at_most(uint devices, uint served)
    {
        Assert.Equal(ItsResult.Done, Start(ItsFixture.Options with { Devices = devices, IsCoherent = true }));

        for (uint device = 0; device < served; device++)
        {
            Assert.True(TryAllocate(0x100 + device));
        }

        Assert.False(TryAllocate(0x200));
    }

    [Fact]
    public void A_vector_s_byte_of_configuration_says_whether_it_is_on_and_no_other_byte_changes()
    {
        Assert.Equal(ItsResult.Done, Start());
        ulong start = new GicRedistributor.GicrPropbaser(Written("GICR_PROPBASER").Single()).PhysicalAddress << 12;
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId(0x100), Count = 11, Alignment = 1 };
        Assert.True(_controller.TryAllocate(in request, out VectorBlock block));
        Assert.True(_controller.TryMask(block.First + 9));

        // Group 1, priority 0xA0.
        ReadOnlySpan<byte> bytes = _fixture.Machine.Memory.Uncached(start, 2 * (int)Page);
        for (int vector = 0; vector < bytes.Length; vector++)
        {
            int index = vector - (int)block.First;
            Assert.Equal(index is < 0 or > 10 ? 0 : index == 9 ? 0xA2 : 0xA3, bytes[vector]);
        }

        Assert.True(_controller.TryUnmask(block.First + 9, out _));
        Assert.Equal(0xA3, _fixture.Machine.Memory.Uncached(start + block.First + 9, 1)[0]);
        _controller.Free(new OwnerId(1), block);
        Assert.Equal(0xA2, _fixture.Machine.Memory.Uncached(start + block.First, 1)[0]);
    }

    [Fact]
    public void More_commands_than_the_queue_holds_wait_for_the_service_and_none_is_lost()
    {
        _fixture = new ItsFixture(new SimulatedItsOptions { Lazy = true });
        Assert.Equal(ItsResult.Done, Start());
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId(0x100), Count = 256, Alignment = 1 };

        Assert.True(_controller.TryAllocate(in request, out VectorBlock block));

        for (uint vector = 0; vector < 256; vector++)
        {
            MsiMessage message = _controller.Message(block.First + vector);
            Assert.True(_fixture.Machine.TryWrite(0x100, message.Address.Value, [(byte)message.Data, 0, 0, 0]));
        }

        int raised = 0;
        while (_fixture.Interrupts.TryTake(out _))
        {
            raised++;
        }

        Assert.Equal((256, 0, 0), (raised, _fixture.Model.Dropped, _fixture.Model.WrongCommands));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(300)]
    public void A_service_that_hangs_in_the_middle_of_a_long_change_is_waited_for_once(int after)
    {
        _fixture = new ItsFixture(new SimulatedItsOptions { Lazy = true });
        Assert.Equal(ItsResult.Done, Start());
        int seen = 0;
        _fixture.Model.Commanded = _ => _fixture.Model.Hangs |= seen++ == after;
        ulong before = _fixture.Machine.PassMicroseconds(0);
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId(0x100), Count = 256, Alignment = 1 };

        Assert.False(_controller.TryAllocate(in request, out _));

        Assert.True(_controller.IsBroken);
        Assert.InRange(_fixture.Machine.PassMicroseconds(0) - before, ItsFixture.Patience, 4 * ItsFixture.Patience);
        Assert.Equal(256u, _controller.TakenVectors);
    }

    [Theory]
    [InlineData(0u, VectorTable.Capacity)]
    [InlineData(1u, 1u)]
    [InlineData(VectorTable.Capacity, VectorTable.Capacity)]
    [InlineData(VectorTable.Capacity + 1, VectorTable.Capacity)]
    public void It_has_as_many_vectors_as_the_board_says_and_no_more_than_it_can_know_owners_of(uint wanted, uint vectors)
    {
        Assert.Equal(ItsResult.Done, Start(ItsFixture.Options with { Vectors = wanted, IsCoherent = true }));

        Assert.Equal(vectors, _controller.VectorCount);
        Assert.Equal(0u, _controller.Message(VectorTable.Capacity).Data);
        Assert.Equal(0u, _controller.Message(uint.MaxValue).Data);
    }

    [Theory]
    [InlineData(0x09u)]
    [InlineData(0x0Du)]
    public void A_command_of_the_start_that_is_refused_is_told_as_the_queue_s_and_all_is_undone(uint command)
    {
        uint free = _fixture.Pool.FreePages;
        _fixture.Model.Refuses = first => (first & 0xFF) == command;

        Assert.Equal(ItsResult.CommandRejected, Start());

        Assert.Equal((false, GicIts.Offsets.GitsCreadr), (_controller.FailedRegister.IsRedistributor, _controller.FailedRegister.Offset));
        Assert.Equal((free, 0), (_fixture.Pool.FreePages, _fixture.Model.ValidTables));
        Assert.True(_controller.IsBroken);
    }

    [Theory]
    [InlineData(0u, new uint[] { 0 })]
    [InlineData(1u, new uint[] { 0, 4 })]
    [InlineData(2u, new uint[] { 0, 2, 4, 6 })]
    [InlineData(3u, new uint[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(7u, new uint[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    public void I8_A_function_with_phantom_functions_sends_by_each_of_its_ids_and_by_no_other(uint bits, uint[] functions)
    {
        Assert.Equal(ItsResult.Done, Start());
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId(0x100), Count = 1, PhantomBits = bits };
        Assert.True(_controller.TryAllocate(in request, out VectorBlock block));
        MsiMessage message = _controller.Message(block.First);

        for (uint function = 0; function < 8; function++)
        {
            Assert.True(_fixture.Machine.TryWrite(0x100 + function, message.Address.Value, [(byte)message.Data, 0, 0, 0]));
            Assert.Equal(functions.Contains(function), _fixture.Interrupts.TryTake(out _));
        }

        _controller.Free(new OwnerId(1), block);
        Assert.Equal((0, 0u), (_fixture.Model.MappedDevices, _controller.TakenVectors));
    }

    private static string Name(ulong address) => (address - ItsFixture.Its) switch
    {
        GicIts.Offsets.GitsCtlr => "GITS_CTLR",
        GicIts.Offsets.GitsTyper => "GITS_TYPER",
        GicIts.Offsets.GitsCbaser => "GITS_CBASER",
        GicIts.Offsets.GitsCwriter => "GITS_CWRITER",
        GicIts.Offsets.GitsBaser => "GITS_BASER0",
        GicIts.Offsets.GitsBaser + 8 => "GITS_BASER1",
        ItsFixture.Redistributor - ItsFixture.Its + GicRedistributor.Offsets.GicrCtlr => "GICR_CTLR",
        ItsFixture.Redistributor - ItsFixture.Its + GicRedistributor.Offsets.GicrTyper => "GICR_TYPER",
        ItsFixture.Redistributor - ItsFixture.Its + GicRedistributor.Offsets.GicrPropbaser => "GICR_PROPBASER",
        ItsFixture.Redistributor - ItsFixture.Its + GicRedistributor.Offsets.GicrPendbaser => "GICR_PENDBASER",
        ulong other => $"0x{other:x}",
    };

    private IEnumerable<ulong> Written(string register) => _watch.Writes.Where(write => Name(write.Address) == register).Select(static write => write.Value);

    private bool TryAllocate(uint requester)
    {
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId((ushort)requester), Count = 1, Alignment = 1 };
        return _controller.TryAllocate(in request, out _);
    }

    private ItsResult Start(ItsOptions? options = null)
        => Watched.TryStart(
            new WatchedBus(_fixture.Machine.Bus, _watch),
            new RegisterAddress(ItsFixture.Its),
            new RegisterAddress(ItsFixture.Redistributor),
            _fixture.Memory,
            new SimulatedClock(_fixture.Machine),
            options ?? (ItsFixture.Options with { IsCoherent = true }),
            ref _fixture.Pool,
            out _controller);
}
