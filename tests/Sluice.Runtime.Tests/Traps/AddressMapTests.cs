using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Traps;
using Xunit;

namespace Sluice.Runtime.Tests.Traps;

public sealed class AddressMapTests
{
    [Fact]
    public void An_empty_map_holds_no_address()
    {
        AddressMap map = default;

        Assert.False(map.TryFind(new GuestAddress(0), AccessWidth.Byte, out _, out _));
        Assert.False(map.TryFind(new GuestAddress(ulong.MaxValue), AccessWidth.Byte, out _, out _));
    }

    [Fact]
    public void An_access_that_passes_the_end_of_its_range_is_in_no_range()
    {
        AddressMap map = default;
        Assert.Equal(AddressMapError.None, map.Add(0x1000, 0x10, 1));
        Assert.Equal(AddressMapError.None, map.Add(0x1010, 0x10, 2));

        Assert.True(map.TryFind(new GuestAddress(0x100C), AccessWidth.Word, out uint target, out uint offset));
        Assert.Equal((1u, 0xCu), (target, offset));
        Assert.False(map.TryFind(new GuestAddress(0x100C), AccessWidth.DoubleWord, out _, out _));
        Assert.True(map.TryFind(new GuestAddress(0x101F), AccessWidth.Byte, out target, out offset));
        Assert.Equal((2u, 0xFu), (target, offset));
        Assert.False(map.TryFind(new GuestAddress(0x101F), AccessWidth.HalfWord, out _, out _));
    }

    [Fact]
    public void An_address_at_the_top_of_64_bits_never_wraps_into_a_range()
    {
        AddressMap map = default;
        Assert.Equal(AddressMapError.None, map.Add(0, 0x1000, 1));

        foreach (ulong address in new[] { ulong.MaxValue, ulong.MaxValue - 6, 1ul << 63, (1ul << 63) - 1, 1ul << 52 })
        {
            Assert.False(map.TryFind(new GuestAddress(address), AccessWidth.DoubleWord, out _, out _));
        }
    }

    [Theory]
    [InlineData(0x1000, 0, AddressMapError.Malformed)]
    [InlineData(ulong.MaxValue, 2, AddressMapError.Malformed)]
    [InlineData(1ul << 52, 1, AddressMapError.Malformed)]
    [InlineData(0x2000, (1ul << 32) + 1, AddressMapError.Malformed)]
    [InlineData(0x2000, 1ul << 32, AddressMapError.None)]
    [InlineData(0x0FFF, 2, AddressMapError.Overlap)]
    [InlineData(0x1000, 1, AddressMapError.Overlap)]
    [InlineData(0x10FF, 1, AddressMapError.Overlap)]
    [InlineData(0x0800, 0x1000, AddressMapError.Overlap)]
    [InlineData(0x0800, 0x800, AddressMapError.None)]
    [InlineData(0x1100, 1, AddressMapError.None)]
    public void A_range_is_added_only_where_it_is_well_formed_and_free(ulong start, ulong size, AddressMapError expected)
    {
        AddressMap map = default;
        Assert.Equal(AddressMapError.None, map.Add(0x1000, 0x100, 1));

        Assert.Equal(expected, map.Add(start, size, 2));
        Assert.True(map.TryFind(new GuestAddress(0x1080), AccessWidth.Word, out uint target, out _));
        Assert.Equal(1u, target);
    }

    [Fact]
    public void A_full_map_says_so()
    {
        AddressMap map = default;
        for (uint range = 0; range < AddressMap.Capacity; range++)
        {
            Assert.Equal(AddressMapError.None, map.Add(range * 0x10ul, 0x10, range));
        }

        Assert.Equal(AddressMapError.Full, map.Add(0x10_0000, 0x10, 0));
        Assert.True(map.TryFind(new GuestAddress((AddressMap.Capacity * 0x10) - 1), AccessWidth.Byte, out uint target, out _));
        Assert.Equal((uint)AddressMap.Capacity - 1, target);
    }

    [Fact]
    public void Lookups_agree_with_a_list_of_ranges_whatever_the_order_of_adding()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            AddressMap map = default;
            var ranges = new List<(ulong Start, ulong Size, uint Target)>();
            int count = random.Next(1, AddressMap.Capacity + 1);
            for (uint target = 0; target < count; target++)
            {
                ulong start = (ulong)random.Next(0, 1 << 20);
                ulong size = (ulong)random.Next(1, 1 << 10);
                bool overlaps = ranges.Exists(range => start < range.Start + range.Size && range.Start < start + size);
                Assert.True((map.Add(start, size, target) == AddressMapError.Overlap) == overlaps, $"seed {seed}");
                if (!overlaps)
                {
                    ranges.Add((start, size, target));
                }
            }

            for (int access = 0; access < 500; access++)
            {
                ulong address = (ulong)random.Next(0, (1 << 20) + (1 << 11));
                AccessWidth width = (AccessWidth)(1 << random.Next(0, 4));
                int index = ranges.FindIndex(range => address >= range.Start && address + (ulong)width <= range.Start + range.Size);
                bool found = map.TryFind(new GuestAddress(address), width, out uint target, out uint offset);
                Assert.True(found == (index >= 0), $"seed {seed}");
                if (found)
                {
                    Assert.True(target == ranges[index].Target && offset == address - ranges[index].Start, $"seed {seed}");
                }
            }
        }
    }
}
