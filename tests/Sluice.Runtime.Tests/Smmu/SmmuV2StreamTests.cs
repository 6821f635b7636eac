using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

public class SmmuV2StreamTests
{
    private const ulong GuestPage = 0x8000_0000;
    private static readonly StreamId _pcie = new(0x4D0);

    [Theory]
    [MemberData(nameof(SmmuV2Fixture.Variants), MemberType = typeof(SmmuV2Fixture))]
    public void A_device_reaches_what_is_mapped_for_it(bool snooped, bool strict)
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(snooped, strict);
        BankSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages, 0x3000));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        Assert.True(fixture.Write(0x4D0, GuestPage + 0x2345, 0xC3));
        Assert.Equal(0xC3, fixture.ByteAt(SmmuV2Fixture.Pages + 0x2345));
        Assert.True(fixture.Read(0x4D0, GuestPage));
        Assert.True(fixture.Smmu.IsAttached(_pcie, in space));
        Assert.Empty(fixture.TakeFaults());
        Assert.Empty(fixture.Model.Violations);
        Assert.Equal(0, fixture.Model.Bypassed);
    }

    [Theory]
    [MemberData(nameof(SmmuV2Fixture.Variants), MemberType = typeof(SmmuV2Fixture))]
    public void After_an_unmap_no_device_reaches_the_page(bool snooped, bool strict)
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(snooped, strict);
        BankSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages, 0x8_0000));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        Assert.True(fixture.Write(0x4D0, GuestPage + 0x1000));
        Assert.True(fixture.Write(0x4D0, GuestPage + 0x2000));
        Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, GuestPage + 0x1000));
        Assert.False(fixture.Write(0x4D0, GuestPage + 0x1000));
        Assert.True(fixture.Write(0x4D0, GuestPage + 0x2000));
        Assert.Equal(MappingResult.Done, fixture.Smmu.Protect(ref space, ref fixture.Pool, GuestPage + 0x2000, 0x1000, PageAccess.Read));
        Assert.False(fixture.Write(0x4D0, GuestPage + 0x2000));
        Assert.True(fixture.Read(0x4D0, GuestPage + 0x2000));
        Assert.True(fixture.Write(0x4D0, GuestPage + 0x7_F000));
        Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, GuestPage + 0x2000, 0x7_E000));
        Assert.False(fixture.Write(0x4D0, GuestPage + 0x7_F000));
        Assert.Equal(0x1000u, space.MappedBytes);
        Assert.Empty(fixture.Model.Violations);
    }

    [Fact]
    public void A_page_is_forgotten_at_its_bank_and_a_large_range_by_its_tag()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        Assert.Equal(SmmuResult.Done, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 7, 48, LeafSize.FourKilobytes, out BankSpace space));
        const ulong High = 0x7FFF_8000_0000;
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, High, SmmuV2Fixture.Pages, 0x8_0000));
        List<(uint Register, uint Value)> writes = [];
        fixture.Model.Written = (register, value) => writes.Add((register, value));
        uint bank = (uint)(space.Bank * 0x1000);
        Assert.Equal(MappingResult.Done, fixture.Smmu.Protect(ref space, ref fixture.Pool, High + 0x3000, 0x1000, PageAccess.Read));
        Assert.Equal(
            [
                (Smmu500.Offsets.SmmuCbTlbiipas2lHigh + bank, (uint)(High >> 44)),
                (Smmu500.Offsets.SmmuCbTlbiipas2lLow + bank, unchecked((uint)((High + 0x3000) >> 12))),
                (Smmu500.Offsets.SmmuCbTlbsync + bank, uint.MaxValue),
            ],
            writes);
        writes.Clear();
        Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, High, 0x8_0000));
        Assert.Equal([(Smmu500.Offsets.Tlbivmid, 7u), (Smmu500.Offsets.Stlbgsync, uint.MaxValue)], writes);
    }

    [Fact]
    public void An_unmap_that_is_not_confirmed_keeps_the_memory()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        Assert.True(fixture.Write(0x4D0, GuestPage));
        fixture.Model.Hangs = true;
        uint free = fixture.Pool.FreePages;
        Assert.Equal(MappingResult.InvalidationIncomplete, fixture.Unmap(ref space, GuestPage));
        Assert.Equal(Smmu500.Offsets.SmmuCbTlbstatus + (space.Bank * 0x1000u), fixture.Smmu.FailedRegister);
        Assert.True(fixture.Write(0x4D0, GuestPage));
        Assert.True(fixture.Smmu.IsBroken);
        Assert.Equal(free, fixture.Pool.FreePages);
        fixture.Model.Hangs = false;
        Assert.Equal(SmmuResult.Broken, fixture.Smmu.Attach(new StreamId(1), in space));
        Assert.Equal(SmmuResult.Broken, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
        Assert.Equal(free, fixture.Pool.FreePages);
    }

    [Fact]
    public void I1_a_stream_with_an_owner_is_refused_to_a_second_and_no_entry_changes()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace first = fixture.NewSpace(1);
        BankSpace second = fixture.NewSpace(2);
        Assert.Equal(MappingResult.Done, fixture.Map(ref first, GuestPage, SmmuV2Fixture.Pages));
        Assert.Equal(MappingResult.Done, fixture.Map(ref second, GuestPage, SmmuV2Fixture.Pages + 0x1000));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in first));
        int writes = 0;
        fixture.Model.Written = (_, _) => writes++;
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Attach(_pcie, in second));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Attach(new StreamMatch(0x4D0, 0xF), in second));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Quarantine(_pcie));
        Assert.Equal(SmmuResult.NotOwned, fixture.Smmu.Detach(_pcie, in second));
        Assert.Equal(SmmuResult.NotOwned, fixture.Smmu.Unquarantine(_pcie));
        Assert.Equal(SmmuResult.StreamOutOfRange, fixture.Smmu.Attach(new StreamId(0x8000), in second));
        Assert.Equal(SmmuResult.StreamOutOfRange, fixture.Smmu.Attach(new StreamId(0x1_04D0), in second));
        Assert.Equal(SmmuResult.Unsupported, fixture.Smmu.Pass(new StreamMatch(5, 0)));
        Assert.Equal(0, writes);
        Assert.True(fixture.Write(0x4D0, GuestPage, 0x77));
        Assert.Equal(0x77, fixture.ByteAt(SmmuV2Fixture.Pages));
    }

    [Fact]
    public void I2_functions_that_share_a_stream_share_its_entry_and_it_goes_with_the_last_of_them()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace space = fixture.NewSpace(1);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages));
        uint entries = fixture.Smmu.TakenEntries;
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        Assert.Equal(entries + 1, fixture.Smmu.TakenEntries);
        Assert.Equal(SmmuResult.Shared, fixture.Smmu.Detach(_pcie, in space));
        Assert.True(fixture.Write(0x4D0, GuestPage));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(_pcie, in space));
        Assert.False(fixture.Write(0x4D0, GuestPage));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
    }

    [Fact]
    public void Streams_of_one_owner_are_taken_into_a_group_that_covers_them()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace space = fixture.NewSpace(1);
        BankSpace other = fixture.NewSpace(2);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages));
        foreach (uint stream in new uint[] { 0x4C0, 0x4C2, 0x4C3 })
        {
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(stream), in space));
        }

        bool ambiguous = false;
        fixture.Model.Written = (_, _) => ambiguous |= fixture.Model.HasAmbiguousStreams;
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamMatch(0x4C0, 3), in space));
        Assert.False(ambiguous);
        Assert.Equal(1u, fixture.Smmu.TakenEntries);
        for (uint stream = 0x4C0; stream < 0x4C4; stream++)
        {
            Assert.True(fixture.Write(stream, GuestPage));
            Assert.Equal(SmmuResult.Owned, fixture.Smmu.Attach(new StreamId(stream), in other));
        }

        Assert.Equal(SmmuResult.Overlap, fixture.Smmu.Attach(new StreamMatch(0x4C0, 0x101), in space));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(0x5C1), in space));
        for (int user = 0; user < 3; user++)
        {
            Assert.Equal(SmmuResult.Shared, fixture.Smmu.Detach(new StreamId(0x4C0), in space));
        }

        Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(new StreamMatch(0x4C0, 3), in space));
        Assert.False(fixture.Write(0x4C1, GuestPage));
        Assert.Equal(1u, fixture.Smmu.TakenEntries);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_two_entries_ever_match_one_stream_whatever_is_asked_for(int seed)
    {
        Random random = new(seed);
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(
            options: SmmuV2Fixture.Options with { MayBypass = true }, model: new SimulatedSmmu500Options { StreamEntries = 12 });
        BankSpace[] spaces = [fixture.NewSpace(1), fixture.NewSpace(2), fixture.NewSpace(3)];
        bool ambiguous = false;
        fixture.Model.Written = (_, _) => ambiguous |= fixture.Model.HasAmbiguousStreams;
        HashSet<SmmuResult> seen = [];
        for (int step = 0; step < 1500; step++)
        {
            StreamMatch match = new((ushort)random.Next(0x40), (ushort)(random.Next(0x40) & random.Next(0x40)));
            StreamId stream = new((uint)random.Next(0x40));
            int space = random.Next(3);
            seen.Add(random.Next(8) switch
            {
                0 => fixture.Smmu.Attach(match, in spaces[space]),
                1 => fixture.Smmu.Attach(stream, in spaces[space]),
                2 or 3 => fixture.Smmu.Detach(match, in spaces[space]),
                4 => fixture.Smmu.Detach(stream, in spaces[space]),
                5 => fixture.Smmu.Quarantine(stream),
                6 => fixture.Smmu.Unquarantine(stream),
                _ => random.Next(2) == 0 ? fixture.Smmu.Pass(match) : fixture.Smmu.StopPassing(match),
            });
            Assert.False(ambiguous, $"seed {seed}, step {step}");
        }

        Assert.Superset(new HashSet<SmmuResult> { SmmuResult.Done, SmmuResult.Owned, SmmuResult.NotOwned, SmmuResult.Overlap, SmmuResult.Shared }, seen);
        Assert.Empty(fixture.Model.Violations);
        Assert.False(fixture.Smmu.IsBroken);
    }

    [Fact]
    public void Bits_that_the_board_ignores_do_not_tell_streams_apart()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(options: SmmuV2Fixture.Options with { IgnoredStreamBits = 0x7C00 });
        BankSpace space = fixture.NewSpace(1);
        BankSpace other = fixture.NewSpace(2);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        Assert.True(fixture.Write(0x4D0 | 0x1000, GuestPage));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Attach(new StreamId(0x0D0), in other));
    }

    [Fact]
    public void A_quarantined_stream_reaches_nothing_and_each_attempt_is_reported()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Quarantine(_pcie));
        Assert.True(fixture.Smmu.IsQuarantined(_pcie));
        foreach (ulong address in new[] { 0UL, SmmuV2Fixture.Pages, 0x8_0000_0010UL })
        {
            Assert.False(fixture.Write(0x4D0, address));
            SmmuFault fault = fixture.TakeFaults().Single();
            Assert.Equal((SmmuFaultKind.Translation, 0x4D0u, address, true), (fault.Kind, fault.Stream.Value, fault.Address.Untrusted, fault.IsWrite));
        }

        BankSpace space = fixture.NewSpace(1);
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Attach(_pcie, in space));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Unquarantine(_pcie));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
    }

    [Fact]
    public void A_stream_passes_only_where_the_board_said_so_and_nobody_has_it()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(options: SmmuV2Fixture.Options with { MayBypass = true });
        BankSpace space = fixture.NewSpace(1);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Pass(new StreamMatch(0x4D0, 0)));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Pass(new StreamMatch(0x4C0, 0x1F)));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Pass(new StreamMatch(0x870, 1)));
        Assert.True(fixture.Write(0x871, SmmuV2Fixture.Pages));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Attach(new StreamId(0x870), in space));
        Assert.Equal(SmmuResult.NotOwned, fixture.Smmu.Detach(new StreamId(0x870), in space));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.StopPassing(new StreamMatch(0x870, 1)));
        Assert.False(fixture.Write(0x871, SmmuV2Fixture.Pages));
        Assert.Equal(2, fixture.Model.Bypassed + 1);
    }

    [Theory]
    [MemberData(nameof(SmmuV2Fixture.Variants), MemberType = typeof(SmmuV2Fixture))]
    public void I5_at_no_step_between_two_owners_does_anything_pass(bool snooped, bool strict)
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(snooped, strict);
        BankSpace first = fixture.NewSpace(1);
        BankSpace second = fixture.NewSpace(2);
        Assert.Equal(MappingResult.Done, fixture.Map(ref first, GuestPage, SmmuV2Fixture.Pages));
        Assert.Equal(MappingResult.Done, fixture.Map(ref second, GuestPage, SmmuV2Fixture.Pages + 0x1000));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in first));
        List<int> reached = [];
        byte value = 0;
        void Look()
        {
            value++;
            bool passed = fixture.Write(0x4D0, GuestPage, value);
            bool toFirst = fixture.ByteAt(SmmuV2Fixture.Pages) == value;
            bool toSecond = fixture.ByteAt(SmmuV2Fixture.Pages + 0x1000) == value;
            Assert.Equal(passed, toFirst || toSecond);
            reached.Add(toFirst ? 1 : toSecond ? 2 : 0);
        }

        Look();
        fixture.Machine.Memory.Written = _ => Look();
        fixture.Model.Written = (_, _) => Look();
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(_pcie, in first));
        Look();
        int detached = reached.Count;
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Quarantine(_pcie));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Unquarantine(_pcie));
        Look();
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in second));
        Look();
        Assert.DoesNotContain(2, reached.Take(detached));
        Assert.DoesNotContain(1, reached.Skip(detached));
        Assert.Equal([1, 0, 2], reached.Where((now, index) => index == 0 || reached[index - 1] != now));
        Assert.Equal(0, fixture.Model.Bypassed);
        Assert.Empty(fixture.Model.Violations);
    }

    [Fact]
    public void I4_an_attach_that_fails_at_any_step_gives_the_stream_to_nobody()
    {
        List<uint> steps = Record(fixture =>
        {
            BankSpace space = fixture.NewSpace(7);
            return () => Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        });
        Assert.Equal([Smmu500.Offsets.SmmuS2cr, Smmu500.Offsets.SmmuSmr], steps);
        foreach (uint lost in steps)
        {
            SmmuV2Fixture fixture = SmmuV2Fixture.Started();
            BankSpace space = fixture.NewSpace(7);
            Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages));
            fixture.Model.Loses = register => register == lost;
            Assert.Equal(SmmuResult.NotKept, fixture.Smmu.Attach(_pcie, in space));
            Assert.Equal(lost, fixture.Smmu.FailedRegister);
            Assert.False(fixture.Write(0x4D0, GuestPage));
            Assert.False(fixture.Smmu.IsAttached(_pcie, in space));
            Assert.Equal(0, fixture.Model.Bypassed);
            fixture.Model.Loses = null;
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
            Assert.True(fixture.Write(0x4D0, GuestPage));
        }
    }

    [Fact]
    public void I6_a_detach_closes_the_entry_then_forgets_the_tag_then_waits()
    {
        List<uint> steps = Record(fixture =>
        {
            BankSpace space = fixture.NewSpace(7);
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
            return () => Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(_pcie, in space));
        });
        Assert.Equal([Smmu500.Offsets.SmmuSmr, Smmu500.Offsets.SmmuS2cr, Smmu500.Offsets.Tlbivmid, Smmu500.Offsets.Stlbgsync], steps);
    }

    [Fact]
    public void I6_a_detach_that_is_not_confirmed_is_not_done_and_no_memory_returns()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuV2Fixture.Pages));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        fixture.Model.Hangs = true;
        Assert.Equal(SmmuResult.Timeout, fixture.Smmu.Detach(_pcie, in space));
        Assert.Equal(Smmu500.Offsets.Stlbgstatus, fixture.Smmu.FailedRegister);
        Assert.False(fixture.Write(0x4D0, GuestPage));
        uint free = fixture.Pool.FreePages;
        Assert.Equal(SmmuResult.Broken, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
        Assert.Equal(MappingResult.InvalidationIncomplete, fixture.Unmap(ref space, GuestPage));
        Assert.Equal(free, fixture.Pool.FreePages);
    }

    [Fact]
    public void An_entry_that_cannot_be_closed_keeps_its_stream_from_everybody_else()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace first = fixture.NewSpace(1);
        BankSpace second = fixture.NewSpace(2);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in first));
        fixture.Model.Loses = register => register is Smmu500.Offsets.SmmuSmr;
        Assert.Equal(SmmuResult.NotKept, fixture.Smmu.Detach(_pcie, in first));
        Assert.True(fixture.Smmu.IsBroken);
        Assert.True(fixture.Smmu.IsAttached(_pcie, in first));
        fixture.Model.Loses = null;
        Assert.Equal(SmmuResult.Broken, fixture.Smmu.Attach(_pcie, in second));
    }

    [Fact]
    public void Each_step_of_making_a_space_that_fails_is_undone()
    {
        List<uint> steps = Record(fixture => () => fixture.NewSpace(7)).Distinct().ToList();
        uint[] unverifiable = [Smmu500.Offsets.Tlbivmid, Smmu500.Offsets.Stlbgsync, Smmu500.Offsets.SmmuCbFsr + 0x1000];
        Assert.Equal(9, steps.Count);
        foreach (uint lost in steps.Except(unverifiable))
        {
            SmmuV2Fixture fixture = SmmuV2Fixture.Started();
            uint free = fixture.Pool.FreePages;
            uint banks = fixture.Smmu.TakenBanks;
            fixture.Model.Write(lost, AccessWidth.Word, 0xFFFF_FFFE);
            fixture.Model.Loses = register => register == lost;
            Assert.Equal(SmmuResult.NotKept, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 7, 40, LeafSize.TwoMegabytes, out _));
            Assert.Equal(lost, fixture.Smmu.FailedRegister);
            Assert.Equal(free, fixture.Pool.FreePages);
            Assert.Equal(banks, fixture.Smmu.TakenBanks);
        }

        SmmuV2Fixture hanging = SmmuV2Fixture.Started();
        uint before = hanging.Pool.FreePages;
        hanging.Model.Hangs = true;
        Assert.Equal(SmmuResult.Timeout, hanging.Smmu.TryCreateSpace(ref hanging.Pool, 7, 40, LeafSize.TwoMegabytes, out _));
        Assert.Equal(before, hanging.Pool.FreePages);
        Assert.True(hanging.Smmu.IsBroken);
    }

    [Fact]
    public void Entries_banks_tags_and_memory_run_out_as_errors()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(model: new SimulatedSmmu500Options { StreamEntries = 3, ContextBanks = 3 });
        BankSpace space = fixture.NewSpace(1);
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 1, 40, LeafSize.TwoMegabytes, out _));
        Assert.Equal(SmmuResult.Unsupported, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 0, 40, LeafSize.TwoMegabytes, out _));
        Assert.Equal(SmmuResult.Unsupported, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 256, 40, LeafSize.TwoMegabytes, out _));
        Assert.Equal(SmmuResult.Unsupported, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 2, 49, LeafSize.TwoMegabytes, out _));
        _ = fixture.NewSpace(2);
        Assert.Equal(SmmuResult.OutOfEntries, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 3, 40, LeafSize.TwoMegabytes, out _));
        for (uint stream = 0; stream < 3; stream++)
        {
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(stream), in space));
        }

        Assert.Equal(SmmuResult.OutOfEntries, fixture.Smmu.Attach(new StreamId(3), in space));
        Assert.False(fixture.Write(3, GuestPage));
    }

    [Theory]
    [MemberData(nameof(SmmuV2Fixture.Variants), MemberType = typeof(SmmuV2Fixture))]
    public void J9_two_hundred_owners_leave_entries_banks_and_pool_as_they_were(bool snooped, bool strict)
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started(snooped, strict);
        uint free = fixture.Pool.FreePages;
        (uint Entries, uint Banks) taken = (fixture.Smmu.TakenEntries, fixture.Smmu.TakenBanks);
        for (ushort owner = 1; owner <= 200; owner++)
        {
            BankSpace space = fixture.NewSpace(owner);
            ulong page = SmmuV2Fixture.Pages + (owner * 0x1000UL);
            Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, page));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
            Assert.True(fixture.Write(0x4D0, GuestPage, 0x42));
            Assert.Equal(0x42, fixture.ByteAt(page));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(_pcie, in space));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
            Assert.Equal(free, fixture.Pool.FreePages);
        }

        Assert.Equal(taken, (fixture.Smmu.TakenEntries, fixture.Smmu.TakenBanks));
        Assert.Empty(fixture.Model.Violations);
    }

    [Fact]
    public void I11_a_doorbell_that_is_mapped_for_a_device_is_reached_by_it_alone()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        Simulation.Interrupts.SimulatedV2mFrame frame = new(64, 32);
        fixture.Machine.Add(0x0802_0000, 0x1000, frame);
        BankSpace space = fixture.NewSpace(1);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_pcie, in space));
        Assert.False(fixture.Model.TryWrite(0x4D0, 0x0802_0040, [70, 0, 0, 0]));
        Assert.Equal(MappingResult.Done, fixture.Smmu.Map(ref space, ref fixture.Pool, 0x0802_0000, new MachineAddress(0x0802_0000), 0x1000, PageAttributes.Registers));
        Assert.True(fixture.Model.TryWrite(0x4D0, 0x0802_0040, [70, 0, 0, 0]));
        Assert.False(fixture.Model.TryWrite(0x4D1, 0x0802_0040, [71, 0, 0, 0]));
        Assert.True(frame.TryTake(out uint interrupt));
        Assert.Equal(70u, interrupt);
        Assert.False(frame.TryTake(out _));
    }

    private static List<uint> Record(Func<SmmuV2Fixture, Action> prepare)
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        Action act = prepare(fixture);
        List<uint> writes = [];
        fixture.Model.Written = (register, _) => writes.Add(register);
        act();
        return writes;
    }
}
