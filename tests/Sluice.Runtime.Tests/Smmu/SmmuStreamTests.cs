using System.Collections.Generic;
using System.Linq;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

public class SmmuStreamTests
{
    private const ulong GuestPage = 0x8000_0000;
    private static readonly StreamId _stream = new(0x10);

    [Theory]
    [MemberData(nameof(SmmuFixture.Variants), MemberType = typeof(SmmuFixture))]
    public void A_device_reaches_what_is_mapped_for_it(bool stage2, bool snooped, bool lazy)
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2, snooped, lazy);
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages, 0x3000));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
        Assert.True(fixture.Write(0x10, GuestPage + 0x2345, 0xC3));
        Assert.Equal(0xC3, fixture.ByteAt(SmmuFixture.Pages + 0x2345));
        Assert.True(fixture.Read(0x10, GuestPage));
        Assert.Equal(0x3000u, space.MappedBytes);
        Assert.Empty(fixture.TakeFaults());
        Assert.Empty(fixture.Model.Violations);
        Assert.Equal(0, fixture.Model.Bypassed);
    }

    [Theory]
    [MemberData(nameof(SmmuFixture.Variants), MemberType = typeof(SmmuFixture))]
    public void What_is_not_mapped_is_stopped_and_reported_with_stream_and_address(bool stage2, bool snooped, bool lazy)
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2, snooped, lazy);
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages, access: PageAccess.Read));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
        Assert.False(fixture.Read(0x10, GuestPage + 0x1238));
        Assert.False(fixture.Write(0x10, GuestPage + 8));
        Assert.False(fixture.Write(0x10, 1UL << 45));
        List<SmmuFault> faults = fixture.TakeFaults();
        Assert.Equal([SmmuFaultKind.Translation, SmmuFaultKind.Permission, SmmuFaultKind.Translation], faults.Select(fault => fault.Kind));
        Assert.Equal([GuestPage + 0x1238, GuestPage + 8, 1UL << 45], faults.Select(fault => fault.Address.Untrusted));
        Assert.Equal([false, true, true], faults.Select(fault => fault.IsWrite));
        Assert.All(faults, fault => Assert.Equal(0x10u, fault.Stream.Value));
        Assert.All(faults, fault => Assert.Equal(stage2, fault.IsStage2));
    }

    [Theory]
    [MemberData(nameof(SmmuFixture.Variants), MemberType = typeof(SmmuFixture))]
    public void A_quarantined_stream_reaches_nothing_and_each_attempt_is_reported(bool stage2, bool snooped, bool lazy)
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2, snooped, lazy);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Quarantine(_stream));
        foreach (ulong address in new[] { 0UL, SmmuFixture.Pages, 0x8_0000_0010UL })
        {
            Assert.False(fixture.Write(0x10, address));
        }

        List<SmmuFault> faults = fixture.TakeFaults();
        Assert.Equal([0UL, SmmuFixture.Pages, 0x8_0000_0010UL], faults.Select(fault => fault.Address.Untrusted));
        Assert.All(faults, fault => Assert.Equal(SmmuFaultKind.Translation, fault.Kind));
        SmmuSpace space = fixture.NewSpace(1);
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Attach(_stream, in space));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Unquarantine(_stream));
        Assert.False(fixture.Write(0x10, 0));
        Assert.Empty(fixture.TakeFaults());
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
    }

    [Fact]
    public void I1_a_stream_with_an_owner_is_refused_and_keeps_it()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        SmmuSpace first = fixture.NewSpace(1);
        SmmuSpace second = fixture.NewSpace(2);
        Assert.Equal(MappingResult.Done, fixture.Map(ref first, GuestPage, SmmuFixture.Pages));
        Assert.Equal(MappingResult.Done, fixture.Map(ref second, GuestPage, SmmuFixture.Pages + 0x1000));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in first));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Attach(_stream, in second));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.Quarantine(_stream));
        Assert.Equal(SmmuResult.NotOwned, fixture.Smmu.Detach(_stream, in second));
        Assert.Equal(SmmuResult.StreamOutOfRange, fixture.Smmu.Attach(new StreamId(0x100), in second));
        Assert.True(fixture.Write(0x10, GuestPage, 0x77));
        Assert.Equal(0x77, fixture.ByteAt(SmmuFixture.Pages));
        Assert.Equal(0, fixture.ByteAt(SmmuFixture.Pages + 0x1000));
    }

    [Fact]
    public void I2_several_streams_share_a_space()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        SmmuSpace space = fixture.NewSpace(1);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(1), in space));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(2), in space));
        Assert.True(fixture.Write(1, GuestPage));
        Assert.True(fixture.Write(2, GuestPage));
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(new StreamId(1), in space));
        Assert.False(fixture.Write(1, GuestPage));
        Assert.True(fixture.Write(2, GuestPage));
    }

    [Theory]
    [MemberData(nameof(SmmuFixture.Variants), MemberType = typeof(SmmuFixture))]
    public void After_an_unmap_no_device_reaches_the_page(bool stage2, bool snooped, bool lazy)
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2, snooped, lazy);
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages, 0x4000));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
        Assert.True(fixture.Write(0x10, GuestPage + 0x1000));
        Assert.True(fixture.Write(0x10, GuestPage + 0x2000));
        Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, GuestPage + 0x1000));
        Assert.False(fixture.Write(0x10, GuestPage + 0x1000));
        Assert.True(fixture.Write(0x10, GuestPage + 0x2000));
        Assert.Equal(MappingResult.Done, fixture.Smmu.Protect(ref space, ref fixture.Pool, GuestPage + 0x2000, 0x1000, PageAccess.Read));
        Assert.False(fixture.Write(0x10, GuestPage + 0x2000));
        Assert.True(fixture.Read(0x10, GuestPage + 0x2000));
        Assert.Equal(0x3000u, space.MappedBytes);
    }

    [Fact]
    public void The_model_keeps_translations_that_are_not_invalidated()
    {
        // The control for the test above: with the invalidation swallowed, the page stays reachable.
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
        Assert.True(fixture.Write(0x10, GuestPage));
        fixture.Model.Hangs = true;
        Assert.Equal(MappingResult.InvalidationIncomplete, fixture.Unmap(ref space, GuestPage));
        Assert.True(fixture.Write(0x10, GuestPage));
    }

    [Theory]
    [MemberData(nameof(SmmuFixture.Variants), MemberType = typeof(SmmuFixture))]
    public void I5_at_no_step_between_two_owners_does_anything_pass(bool stage2, bool snooped, bool lazy)
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2, snooped, lazy);
        SmmuSpace first = fixture.NewSpace(1);
        SmmuSpace second = fixture.NewSpace(2);
        Assert.Equal(MappingResult.Done, fixture.Map(ref first, GuestPage, SmmuFixture.Pages));
        Assert.Equal(MappingResult.Done, fixture.Map(ref second, GuestPage, SmmuFixture.Pages + 0x1000));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in first));

        List<int> reached = [];
        byte value = 0;
        void Look()
        {
            value++;
            bool passed = fixture.Write(0x10, GuestPage, value);
            bool toFirst = fixture.ByteAt(SmmuFixture.Pages) == value;
            bool toSecond = fixture.ByteAt(SmmuFixture.Pages + 0x1000) == value;
            Assert.Equal(passed, toFirst || toSecond);
            reached.Add(toFirst ? 1 : toSecond ? 2 : 0);
        }

        Look();
        fixture.Machine.Memory.Written = _ => Look();
        fixture.Machine.Memory.Settled = Look;
        fixture.Model.Commanded = (_, _) => Look();
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(_stream, in first));
        Look();
        Assert.Equal(0, reached[^1]);
        int detached = reached.Count;
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in second));
        Look();
        Assert.Equal(2, reached[^1]);
        Assert.DoesNotContain(2, reached.Take(detached));
        Assert.DoesNotContain(1, reached.Skip(detached));
        List<int> changes = reached.Where((now, index) => index == 0 || reached[index - 1] != now).ToList();
        Assert.Equal([1, 0, 2], changes);
        Assert.Equal(0, fixture.Model.Bypassed);
        Assert.Empty(fixture.Model.Violations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void I4_an_attach_that_fails_at_any_step_gives_the_stream_to_nobody(bool stage2)
    {
        int steps = CountCommands(stage2);
        Assert.InRange(steps, 4, 10);
        for (int step = 0; step < steps; step++)
        {
            SmmuFixture fixture = SmmuFixture.Started(stage2);
            SmmuSpace space = fixture.NewSpace(7);
            Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages));
            int seen = 0;
            fixture.Model.Commanded = (_, _) =>
            {
                _ = fixture.Write(0x10, GuestPage);
                fixture.Model.Hangs |= seen++ == step;
            };
            Assert.Equal(SmmuResult.Timeout, fixture.Smmu.Attach(_stream, in space));
            fixture.Machine.Memory.Uncached(SmmuFixture.Pages, 1)[0] = 0;
            Assert.False(fixture.Write(0x10, GuestPage), $"step {step}");
            Assert.Equal(0, fixture.ByteAt(SmmuFixture.Pages));
            Assert.True(fixture.Smmu.IsBroken);
            Assert.Equal(SmmuResult.Broken, fixture.Smmu.Attach(_stream, in space));
            Assert.Equal(0, fixture.Model.Bypassed);
        }
    }

    [Fact]
    public void I6_a_detach_closes_the_entry_waits_until_it_is_forgotten_then_forgets_translations_and_waits_again()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
        List<ulong> commands = [];
        fixture.Model.Commanded = (low, _) => commands.Add(low);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(_stream, in space));
        Assert.Equal([0x0000_0010_0000_0003UL, 0x46, 0x0000_0007_0000_0028, 0x46], commands);
        Assert.Equal(SmmuResult.NotOwned, fixture.Smmu.Detach(_stream, in space));
    }

    [Fact]
    public void I6_a_detach_that_is_not_confirmed_is_not_done_and_no_memory_returns()
    {
        for (int step = 0; step < 4; step++)
        {
            SmmuFixture fixture = SmmuFixture.Started(stage2: true);
            SmmuSpace space = fixture.NewSpace(7);
            Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
            int seen = 0;
            fixture.Model.Commanded = (_, _) => fixture.Model.Hangs |= seen++ == step;
            Assert.Equal(SmmuResult.Timeout, fixture.Smmu.Detach(_stream, in space));
            uint free = fixture.Pool.FreePages;
            Assert.Equal(SmmuResult.Broken, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
            Assert.Equal(MappingResult.InvalidationIncomplete, fixture.Unmap(ref space, GuestPage));
            Assert.Equal(free, fixture.Pool.FreePages);
        }
    }

    [Theory]
    [MemberData(nameof(SmmuFixture.Variants), MemberType = typeof(SmmuFixture))]
    public void J9_two_hundred_owners_leave_the_pool_as_it_was(bool stage2, bool snooped, bool lazy)
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2, snooped, lazy);
        uint free = fixture.Pool.FreePages;
        for (ushort owner = 1; owner <= 200; owner++)
        {
            SmmuSpace space = fixture.NewSpace(owner);
            ulong page = SmmuFixture.Pages + (owner * 0x1000UL);
            Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, page));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
            Assert.True(fixture.Write(0x10, GuestPage, 0x42));
            Assert.Equal(0x42, fixture.ByteAt(page));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(_stream, in space));
            Assert.Equal(SmmuResult.Done, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
            Assert.Equal(free, fixture.Pool.FreePages);
        }
    }

    [Fact]
    public void A_tag_that_the_SMMU_does_not_have_is_refused()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        Assert.Equal(SmmuResult.Unsupported, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 0, 40, LeafSize.TwoMegabytes, out _));
        Assert.Equal(SmmuResult.Unsupported, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 1, 48, LeafSize.TwoMegabytes, out _));
    }

    private static int CountCommands(bool stage2)
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2);
        SmmuSpace space = fixture.NewSpace(7);
        int commands = 0;
        fixture.Model.Commanded = (_, _) => commands++;
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(_stream, in space));
        return commands;
    }
}
