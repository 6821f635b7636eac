using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public sealed class VectorSendersTests
{
    private static readonly RequesterId s_function = new(1, 2, 3);
    private static readonly RequesterId s_alias = new(4, 0, 0);

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(5u, 3u)]
    [InlineData(127u, 1u)]
    [InlineData(0u, 128u)]
    public void A_block_is_bound_from_its_first_to_its_last_vector_and_no_further(uint first, uint count)
    {
        VectorSenders senders = default;

        senders.Bind(new VectorBlock(first, count), s_function, default);

        for (uint vector = 0; vector < VectorSenders.Capacity + 2; vector++)
        {
            Assert.Equal(vector >= first && vector < first + count, senders.Admits(vector, s_function));
        }
    }

    [Fact]
    public void What_is_behind_the_last_vector_binds_nothing_and_harms_nothing()
    {
        VectorSenders senders = default;

        senders.Bind(new VectorBlock(126, 8), s_function, default);

        Assert.True(senders.Admits(126, s_function) && senders.Admits(127, s_function));
        Assert.False(senders.Admits(128, s_function) || senders.Admits(uint.MaxValue, s_function));
    }

    [Fact]
    public void A_function_with_another_id_is_known_by_either_and_one_without_only_by_its_own()
    {
        VectorSenders senders = default;
        senders.Bind(new VectorBlock(0, 1), s_function, s_alias);
        senders.Bind(new VectorBlock(1, 1), s_function, default);

        Assert.True(senders.Admits(0, s_function) && senders.Admits(0, s_alias));
        Assert.True(senders.Admits(1, s_function));
        Assert.False(senders.Admits(1, s_alias));
        Assert.False(senders.Admits(1, default));
        Assert.False(senders.Admits(0, new RequesterId(4, 0, 1)));
    }

    [Theory]
    [InlineData(0u, new uint[] { 3 })]
    [InlineData(1u, new uint[] { 3, 7 })]
    [InlineData(2u, new uint[] { 1, 3, 5, 7 })]
    [InlineData(3u, new uint[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(4u, new uint[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    public void A_function_with_phantoms_is_known_by_all_of_them(uint phantomBits, uint[] functions)
    {
        VectorSenders senders = default;

        senders.Bind(new VectorBlock(9, 1), s_function, default, phantomBits);

        for (uint function = 0; function < 8; function++)
        {
            Assert.Equal(System.Array.IndexOf(functions, function) >= 0, senders.Admits(9, new RequesterId(1, 2, function)));
            Assert.False(senders.Admits(9, new RequesterId(1, 3, function)));
        }
    }

    [Fact]
    public void A_vector_of_nobody_admits_nobody()
    {
        VectorSenders senders = default;

        Assert.False(senders.Admits(0, default) || senders.Admits(0, s_function));

        senders.Bind(new VectorBlock(0, 2), s_function, s_alias);
        senders.Bind(new VectorBlock(0, 1), default, default);
        Assert.False(senders.Admits(0, s_function) || senders.Admits(0, s_alias));
        Assert.True(senders.Admits(1, s_function));
    }
}
