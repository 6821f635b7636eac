using Sluice.Runtime.Domains;
using Sluice.Runtime.Memory;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

public sealed class DomainRegionTests
{
    private static DomainRegion Region => new() { Start = 0x4000, Bytes = 0x2000, Machine = new MachineAddress(0x9000) };

    [Theory]
    [InlineData(0x3000, 0x1000, false)]
    [InlineData(0x3000, 0x1001, true)]
    [InlineData(0x5FFF, 1, true)]
    [InlineData(0x6000, 0x1000, false)]
    [InlineData(0x0, 0x10000, true)]
    public void Ranges_that_only_touch_do_not_meet(ulong start, ulong bytes, bool expected)
    {
        Assert.Equal(expected, Region.Meets(start, bytes));
        Assert.Equal(expected, Region.MeetsMachine(new MachineAddress(start + 0x5000), bytes));
    }

    [Theory]
    [InlineData(0x4000, 0x2000, true)]
    [InlineData(0x4000, 0x2001, false)]
    [InlineData(0x3FFF, 1, false)]
    [InlineData(0x5FFF, 1, true)]
    [InlineData(0x5FFF, 2, false)]
    [InlineData(0x6000, 1, false)]
    [InlineData(0x5000, ulong.MaxValue, false)]
    public void A_range_is_held_when_all_of_it_is_inside(ulong start, ulong bytes, bool expected)
        => Assert.Equal(expected, Region.Holds(start, bytes));
}
