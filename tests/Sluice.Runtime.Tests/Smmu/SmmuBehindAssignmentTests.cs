using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

/// <summary>The streams of an assignment, whichever SMMU is behind it.</summary>
public class SmmuBehindAssignmentTests
{
    private const ulong GuestPage = 0x8000_0000;

    private static readonly OwnerId s_owner = new(1);

    [Fact]
    public void An_SMMU_500_takes_an_assignments_streams_from_quarantine_to_a_guest_and_back()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankPlace place = new(fixture, [fixture.NewSpace(1)]);
        Assert.Equal(MappingResult.Done, fixture.Map(ref place.SpaceOf(s_owner), GuestPage, SmmuV2Fixture.Pages));
        SmmuStreams<BankPlace, SmmuV2Driver, BankSpace> streams = new(place);
        Walk(streams, () => fixture.Write(5, GuestPage));
        Assert.Equal(0, fixture.Model.Bypassed);
        fixture.Model.Hangs = true;
        Assert.False(streams.TryAttach(5, s_owner));
        Assert.False(streams.TryQuarantine(6, s_owner));
        Assert.False(fixture.Write(5, GuestPage));
    }

    [Fact]
    public void An_SMMUv3_takes_an_assignments_streams_from_quarantine_to_a_guest_and_back()
    {
        SmmuFixture fixture = SmmuFixture.Started(stage2: true);
        SpacePlace place = new(fixture, [fixture.NewSpace(1)]);
        Assert.Equal(MappingResult.Done, fixture.Map(ref place.SpaceOf(s_owner), GuestPage, SmmuFixture.Pages));
        SmmuStreams<SpacePlace, SmmuDriver, SmmuSpace> streams = new(place);
        Walk(streams, () => fixture.Write(5, GuestPage));
        Assert.Equal(0, fixture.Model.Bypassed);
        fixture.Model.Hangs = true;
        Assert.False(streams.TryAttach(5, s_owner));
        Assert.False(streams.TryQuarantine(6, s_owner));
        Assert.False(fixture.Write(5, GuestPage));
    }

    private static void Walk<TStreams>(TStreams streams, System.Func<bool> reaches)
        where TStreams : struct, IStreamIsolation
    {
        Assert.False(reaches());
        for (int round = 0; round < 3; round++)
        {
            Assert.True(streams.TryQuarantine(5, s_owner));
            Assert.True(streams.TryQuarantine(5, s_owner));
            Assert.False(reaches());
            Assert.True(streams.TryAttach(5, s_owner));
            Assert.True(reaches());
            Assert.False(streams.TryAttach(5, s_owner));
            Assert.True(reaches());
        }

        Assert.True(streams.TryQuarantine(5, s_owner));
        Assert.False(reaches());
    }

    private readonly struct BankPlace(SmmuV2Fixture fixture, BankSpace[] space) : ISmmuPlace<SmmuV2Driver, BankSpace>
    {
        public ref SmmuV2Driver Smmu => ref fixture.Smmu;

        public ref BankSpace SpaceOf(OwnerId owner) => ref space[0];
    }

    private readonly struct SpacePlace(SmmuFixture fixture, SmmuSpace[] space) : ISmmuPlace<SmmuDriver, SmmuSpace>
    {
        public ref SmmuDriver Smmu => ref fixture.Smmu;

        public ref SmmuSpace SpaceOf(OwnerId owner) => ref space[0];
    }
}
