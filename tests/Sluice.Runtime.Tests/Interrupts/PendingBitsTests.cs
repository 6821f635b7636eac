using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public sealed class PendingBitsTests
{
    [Fact]
    public void What_is_raised_twice_is_pending_once()
    {
        PendingBits bits = default;
        bits.Set(2047);
        bits.Set(2047);

        Assert.Equal(1u, bits.Count);
        Assert.True(bits.Take(2047));
        Assert.False(bits.Take(2047));
    }

    [Theory]
    [InlineData(2048u)]
    [InlineData(uint.MaxValue)]
    public void Beyond_the_end_nothing_is_pending(uint vector)
    {
        PendingBits bits = default;
        bits.Set(vector);

        Assert.False(bits.Has(vector));
        Assert.Equal(0u, bits.Count);
        Assert.Equal(0ul, bits.Word(vector >> 6));
    }

    [Fact]
    public void All_vectors_can_be_pending_at_once_and_none_is_lost()
    {
        PendingBits bits = default;
        for (uint vector = 0; vector < PendingBits.Capacity; vector++)
        {
            bits.Set(vector);
        }

        Assert.Equal(PendingBits.Capacity, bits.Count);
        for (uint vector = 0; vector < PendingBits.Capacity; vector++)
        {
            Assert.True(bits.Take(vector));
        }

        Assert.Equal(0u, bits.Count);
    }

    [Fact]
    public void The_first_is_taken_first_wherever_it_is()
    {
        for (uint vector = 0; vector < PendingBits.Capacity; vector += 31)
        {
            PendingBits bits = default;
            bits.Set(vector);
            bits.Set(PendingBits.Capacity - 1);

            Assert.True(bits.TryTakeFirst(out uint taken));
            Assert.Equal(vector, taken);
            Assert.Equal(vector != PendingBits.Capacity - 1, bits.TryTakeFirst(out taken));
            Assert.False(bits.TryTakeFirst(out _));
        }
    }
}
