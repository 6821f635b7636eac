using System.Linq;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

public class SmmuQueueTests
{
    private const ulong GuestPage = 0x8000_0000;

    [Theory]
    [InlineData(0u, false)]
    [InlineData(1u, true)]
    [InlineData(2u, true)]
    [InlineData(19u, false)]
    public void Commands_go_round_the_queue_whatever_its_size(uint log2, bool lazy)
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true, lazy: lazy, options: new SimulatedSmmuOptions { CommandQueueLog2 = log2 });
        SmmuSpace space = fixture.NewSpace(7);
        int invalidations = 0;
        fixture.Model.Commanded = (low, _) => invalidations += (low & 0xFF) == 0x2A ? 1 : 0;
        for (int round = 0; round < 20; round++)
        {
            Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages, 23 * 0x1000));
            Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, GuestPage, 23 * 0x1000));
        }

        Assert.Equal(20 * 23, invalidations);
        Assert.Empty(fixture.Model.Violations);
    }

    [Fact]
    public void A_large_unmap_forgets_the_whole_tag_instead_of_page_by_page()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.TryCreateSpace(ref fixture.Pool, 7, 40, LeafSize.FourKilobytes, out SmmuSpace space));
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages, 0x40_0000));
        int pages = 0;
        int tags = 0;
        fixture.Model.Commanded = (low, _) =>
        {
            pages += (low & 0xFF) == 0x2A ? 1 : 0;
            tags += (low & 0xFF) == 0x28 ? 1 : 0;
        };
        Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, GuestPage, 0x40_0000));
        Assert.Equal((0, 1), (pages, tags));
    }

    [Fact]
    public void A_refused_command_is_told_and_the_queue_goes_on()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages, 0x3000));
        fixture.Model.Refuses = low => (low & 0xFF) == 0x2A;
        Assert.Equal(MappingResult.InvalidationIncomplete, fixture.Unmap(ref space, GuestPage));
        Assert.Equal(1u, fixture.Smmu.RejectedCommands);
        Assert.False(fixture.Smmu.IsBroken);
        fixture.Model.Refuses = null;
        Assert.Equal(MappingResult.Done, fixture.Unmap(ref space, GuestPage + 0x1000));
        Assert.Equal(1u, fixture.Smmu.RejectedCommands);
    }

    [Fact]
    public void A_queue_that_cannot_be_read_is_given_up_and_nothing_is_taken_for_done()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages));
        fixture.Model.FetchFails = true;
        Assert.Equal(MappingResult.InvalidationIncomplete, fixture.Unmap(ref space, GuestPage));
        Assert.True(fixture.Smmu.IsBroken);
        fixture.Model.FetchFails = false;
        Assert.Equal(SmmuResult.Broken, fixture.Smmu.Attach(new StreamId(1), in space));
    }

    [Fact]
    public void A_wait_for_a_full_queue_is_bounded()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true, options: new SimulatedSmmuOptions { CommandQueueLog2 = 2 });
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages, 0x10_0000));
        fixture.Model.Hangs = true;
        ulong before = fixture.Machine.PassMicroseconds(0);
        Assert.Equal(MappingResult.InvalidationIncomplete, fixture.Unmap(ref space, GuestPage, 0x10_0000));
        Assert.InRange(fixture.Machine.PassMicroseconds(0) - before, SmmuFixture.Patience, 4 * SmmuFixture.Patience);
        Assert.True(fixture.Smmu.IsBroken);
    }

    [Fact]
    public void Lost_events_are_noticed_and_later_ones_arrive()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true, options: new SimulatedSmmuOptions { EventQueueLog2 = 2 });
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Quarantine(new StreamId(5)));
        for (int round = 1; round <= 5; round++)
        {
            for (ulong address = 0; address < 10; address++)
            {
                Assert.False(fixture.Write(5, address));
            }

            Assert.Equal([0UL, 1, 2, 3], fixture.TakeFaults().Select(fault => fault.Address.Untrusted));
            Assert.Equal((uint)round, fixture.Smmu.EventLosses);
        }

        Assert.False(fixture.Write(5, 99));
        Assert.Equal(99UL, fixture.TakeFaults().Single().Address.Untrusted);
        Assert.Equal(5u, fixture.Smmu.EventLosses);
    }

    [Fact]
    public void Events_raise_their_interrupt_and_errors_theirs()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        int events = 0;
        int errors = 0;
        fixture.Model.Interrupted = isEvent =>
        {
            events += isEvent ? 1 : 0;
            errors += isEvent ? 0 : 1;
        };
        Assert.False(fixture.Write(0x1000, 0));
        Assert.Equal((1, 0), (events, errors));
        fixture.Model.Raise(2);
        Assert.Equal((1, 1), (events, errors));
    }

    [Fact]
    public void Global_errors_are_acknowledged_once_each()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        Assert.False(fixture.Smmu.TakeErrors().Any);
        fixture.Model.Raise(2);
        SmmuErrors errors = fixture.Smmu.TakeErrors();
        Assert.Equal(4u, errors.Bits);
        Assert.True(errors.AreEventsLost);
        Assert.Equal(1u, fixture.Smmu.EventLosses);
        Assert.False(fixture.Smmu.TakeErrors().Any);
        fixture.Model.Raise(2);
        Assert.True(fixture.Smmu.TakeErrors().AreEventsLost);
        Assert.False(fixture.Smmu.IsBroken);
        fixture.Model.Raise(8);
        Assert.True(fixture.Smmu.TakeErrors().IsServiceFailure);
        Assert.True(fixture.Smmu.IsBroken);
    }
}
