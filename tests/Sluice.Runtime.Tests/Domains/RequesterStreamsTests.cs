using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

public sealed class RequesterStreamsTests
{
    [Fact]
    public void A_row_has_its_first_and_its_last_requester_and_none_beside_them()
    {
        RequesterStreams streams = RequesterStreams.Masked(0xFFFF);
        Assert.True(streams.TryAdd(0x100, 0x4D0, 2));

        Assert.Equal((true, 0x4D0u), Find(in streams, 0x100));
        Assert.Equal((true, 0x4D1u), Find(in streams, 0x101));
        Assert.Equal((false, 0u), Find(in streams, 0xFF));
        Assert.Equal((false, 0u), Find(in streams, 0x102));
    }

    [Fact]
    public void Only_the_bits_of_the_mask_are_looked_up()
    {
        RequesterStreams streams = RequesterStreams.Masked(0xFFF8);
        Assert.True(streams.TryAdd(0x100, 7, 1));

        Assert.Equal((true, 7u), Find(in streams, 0x107));
        Assert.Equal((false, 0u), Find(in streams, 0x108));
    }

    [Theory]
    [InlineData(0, 0u, 0u, false)]
    [InlineData(0, 0u, 1u, true)]
    [InlineData(0, 0u, 0x10000u, true)]
    [InlineData(0, 0u, 0x10001u, false)]
    [InlineData(0xFFFF, 0u, 1u, true)]
    [InlineData(0xFFFF, 0u, 2u, false)]
    [InlineData(0x8000, 0u, 0x8000u, true)]
    [InlineData(0x8000, 0u, 0x8001u, false)]
    [InlineData(0, uint.MaxValue, 1u, true)]
    [InlineData(0, uint.MaxValue, 2u, false)]
    [InlineData(0, 0xFFFF_FFF0u, 16u, true)]
    [InlineData(0, 0xFFFF_FFF0u, 17u, false)]
    public void A_row_that_is_empty_or_leaves_the_ids_or_the_streams_is_refused_and_finds_nothing(int first, uint stream, uint length, bool expected)
    {
        RequesterStreams streams = RequesterStreams.Masked(0xFFFF);

        Assert.Equal(expected, streams.TryAdd((ushort)first, stream, length));

        Assert.Equal(expected, Find(in streams, (ushort)first).Found);
    }

    [Fact]
    public void A_row_too_many_is_refused_and_the_others_stay()
    {
        RequesterStreams streams = RequesterStreams.Masked(0xFFFF);
        ushort rows = 0;
        while (streams.TryAdd(rows, rows + 1000u, 1))
        {
            rows++;
            Assert.InRange(rows, 1, 4096);
        }

        for (ushort row = 0; row < rows; row++)
        {
            Assert.Equal((true, row + 1000u), Find(in streams, row));
        }

        Assert.Equal((false, 0u), Find(in streams, rows));
    }

    private static (bool Found, uint Stream) Find(in RequesterStreams streams, ushort requester)
    {
        bool found = streams.TryFind(new RequesterId((uint)requester >> 8, ((uint)requester >> 3) & 31, requester & 7u), out uint stream);
        return (found, stream);
    }
}
