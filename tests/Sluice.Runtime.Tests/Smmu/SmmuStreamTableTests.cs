using System.Linq;
using System.Runtime.CompilerServices;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Runtime.Tests.Smmu;

public class SmmuStreamTableTests(ITestOutputHelper output)
{
    private const ulong GuestPage = 0x8000_0000;
    private static readonly SmmuOptions _options = new() { StreamBits = 20, TwoLevelStreams = true, PatienceMicroseconds = SmmuFixture.Patience };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stream_of_a_table_with_two_levels_is_reached_once_it_is_reserved(bool snooped)
    {
        SmmuFixture fixture = Started(snooped);
        SmmuSpace space = fixture.NewSpace(7);
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, GuestPage, SmmuFixture.Pages));
        StreamId stream = new(0x9_0123);

        // The model caches that there is no table: reserving must make it forget that.
        Assert.False(fixture.Write(0x9_0123, GuestPage));
        Assert.Equal(SmmuFaultKind.BadStream, fixture.TakeFaults().Single().Kind);
        Assert.Equal(SmmuResult.StreamOutOfRange, fixture.Smmu.Attach(stream, in space));
        Assert.Equal(SmmuResult.StreamOutOfRange, fixture.Smmu.Quarantine(stream));
        Assert.False(fixture.Smmu.IsAttached(stream, in space));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.TryReserve(stream, ref fixture.Pool));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(stream, in space));
        Assert.True(fixture.Smmu.IsAttached(stream, in space));
        Assert.True(fixture.Write(0x9_0123, GuestPage, 0x77));
        Assert.Equal(0x77, fixture.ByteAt(SmmuFixture.Pages));
        Assert.False(fixture.Write(0x9_0124, GuestPage));
        Assert.Empty(fixture.TakeFaults());
        Assert.False(fixture.Write(0xF_FFFF, GuestPage));
        Assert.Equal(0xF_FFFFu, fixture.TakeFaults().Single().Stream.Value);
        Assert.Equal(SmmuResult.Owned, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Detach(stream, in space));
        Assert.False(fixture.Write(0x9_0123, GuestPage));
        Assert.Equal(SmmuResult.Done, fixture.Smmu.TryReleaseSpace(in space, ref fixture.Pool));
        Assert.Empty(fixture.Model.Violations);
        Assert.Equal(0, fixture.Model.Bypassed);
    }

    [Fact]
    public void Each_kind_of_table_takes_what_it_says_and_gives_it_back()
    {
        SmmuFixture two = new(new SimulatedSmmuOptions { StreamBits = 32 });
        uint free = two.Pool.FreePages;
        Assert.Equal(SmmuResult.Done, two.Start(_options));
        uint started = two.Pool.FreePages;
        Assert.Equal(SmmuResult.Done, two.Smmu.TryReserve(new StreamId(0x12345), ref two.Pool));
        Assert.Equal(SmmuResult.Done, two.Smmu.TryReserve(new StreamId(0x123FF), ref two.Pool));
        Assert.Equal(4u, started - two.Pool.FreePages);
        Assert.Equal(SmmuResult.Done, two.Smmu.TryReserve(new StreamId(0x12400), ref two.Pool));
        Assert.Equal(8u, started - two.Pool.FreePages);
        SmmuSpace space = two.NewSpace(1);
        uint context = started - 8 - two.Pool.FreePages;
        Assert.Equal(SmmuResult.Done, two.Smmu.TryReleaseSpace(in space, ref two.Pool));
        Assert.Equal(SmmuResult.Done, two.Smmu.TryStop(ref two.Pool));
        Assert.Equal(free, two.Pool.FreePages);

        SmmuFixture linear = new(new SimulatedSmmuOptions { StreamBits = 32, TwoLevelStreams = false });
        free = linear.Pool.FreePages;
        Assert.Equal(SmmuResult.Unsupported, linear.Start(_options));
        Assert.Equal(SmmuResult.Done, linear.Start(_options with { StreamBits = 10 }));
        Assert.InRange(free - linear.Pool.FreePages, 17u, 20u);
        Assert.Equal(SmmuResult.Done, linear.Smmu.TryReserve(new StreamId(0x3FF), ref linear.Pool));
        Assert.Equal(SmmuResult.StreamOutOfRange, linear.Smmu.TryReserve(new StreamId(0x400), ref linear.Pool));
        output.WriteLine(
            $"SMMUv3: 64 bytes a stream (linear) or 8 bytes and 16 KiB for 256 (two levels); {context * 4096} bytes a context of 40 bits; {Unsafe.SizeOf<SmmuDriver>()} the driver itself");
        Assert.Equal(2u, context);
    }

    [Fact]
    public void A_reservation_that_fails_changes_nothing()
    {
        SmmuFixture fixture = Started(snooped: true);
        PagePool<SimulatedMemory> empty = default;
        Assert.Equal(SmmuResult.OutOfMemory, fixture.Smmu.TryReserve(new StreamId(0x500), ref empty));
        Assert.False(fixture.Write(0x500, 0));
        Assert.Equal(SmmuResult.StreamOutOfRange, fixture.Smmu.TryReserve(new StreamId(1 << 20), ref fixture.Pool));
        fixture.Model.Hangs = true;
        Assert.Equal(SmmuResult.Timeout, fixture.Smmu.TryReserve(new StreamId(0x500), ref fixture.Pool));
        Assert.Equal(SmmuResult.Broken, fixture.Smmu.TryReserve(new StreamId(0x600), ref fixture.Pool));
        Assert.False(fixture.Write(0x500, 0));
        Assert.Equal(0, fixture.Model.Bypassed);
    }

    private static SmmuFixture Started(bool snooped)
    {
        SmmuFixture fixture = new(new SimulatedSmmuOptions { StreamBits = 32, Coherent = snooped }, snooped);
        Assert.Equal(SmmuResult.Done, fixture.Start(_options));
        return fixture;
    }
}
