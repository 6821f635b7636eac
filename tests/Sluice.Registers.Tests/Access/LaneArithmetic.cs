using Xunit;

namespace Sluice.Registers.Tests.Access;

public sealed class LaneArithmetic
{
    [Fact]
    public void Each_lane_bit_stands_for_one_byte_of_the_mask()
    {
        for (uint bits = 0; bits < 256; bits++)
        {
            ulong expected = 0;
            for (int lane = 0; lane < 8; lane++)
            {
                expected |= ((bits >> lane) & 1) != 0 ? 0xFFul << (lane * 8) : 0;
            }

            Assert.Equal(expected, new Lanes(bits).Mask64);
            Assert.Equal((uint)expected, new Lanes(bits).Mask32);
        }
    }

    [Theory]
    [InlineData(0u, AccessWidth.Byte, 0x1u)]
    [InlineData(7u, AccessWidth.Byte, 0x8u)]
    [InlineData(2u, AccessWidth.HalfWord, 0xCu)]
    [InlineData(4u, AccessWidth.Word, 0xFu)]
    public void An_access_inside_a_word_touches_the_lanes_of_its_bytes(uint offset, AccessWidth width, uint expected)
        => Assert.Equal(expected, Lanes.Within(offset, width).Bits);

    [Theory]
    [InlineData(0x0u, AccessWidth.Word, true)]
    [InlineData(0xCu, AccessWidth.Word, true)]
    [InlineData(0xFu, AccessWidth.Byte, true)]
    [InlineData(0x10u, AccessWidth.Byte, false)]
    [InlineData(0xCu, AccessWidth.DoubleWord, false)]
    [InlineData(0x8u, AccessWidth.DoubleWord, true)]
    [InlineData(0x1u, AccessWidth.HalfWord, false)]
    [InlineData(0x2u, AccessWidth.Word, false)]
    [InlineData(0xFFFF_FFF8u, AccessWidth.DoubleWord, false)]
    [InlineData(0xFFFF_FFFFu, AccessWidth.Byte, false)]
    public void An_access_is_admitted_when_it_is_aligned_and_ends_inside(uint offset, AccessWidth width, bool expected)
        => Assert.Equal(expected, AccessBounds.Admit(0x10, offset, width));

    [Fact]
    public void Lanes_move_between_a_word_and_a_register_that_begins_within_it_or_is_wider()
    {
        Assert.Equal(0x3u, new Lanes(0xC).From(2).Bits);
        Assert.Equal(0x1u, new Lanes(0xF).From(3).Bits);
        Assert.Equal(0u, new Lanes(0x3).From(2).Bits);
        Assert.Equal(0xF0u, new Lanes(0xF).At(4).Bits);
        Assert.Equal(0xCu, new Lanes(0x3).At(2).Bits);
        Assert.Equal(0u, new Lanes(0xFF).At(8).Bits);
    }

    [Fact]
    public void Lanes_overlap_when_a_byte_is_among_both()
    {
        Assert.True(new Lanes(0x6).Overlaps(new Lanes(0x4)));
        Assert.False(new Lanes(0x6).Overlaps(new Lanes(0x9)));
        Assert.False(new Lanes(0x6).Overlaps(default));
        Assert.False(default(Lanes).Overlaps(Lanes.DoubleWord));
    }
}
