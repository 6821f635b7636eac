using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class EcamWindowTests
{
    [Fact]
    public void A9_A_bus_beyond_the_window_is_not_there_whatever_the_bus_range_promises()
    {
        EcamWindow window = new(0x80_0000_0000, 16 << 20, 0, 255);

        Assert.True(window.TryLocate(new RequesterId(15, 31, 7), out RegisterAddress last));
        Assert.Equal(0x80_00FF_F000ul, last.Value);
        Assert.False(window.TryLocate(new RequesterId(16, 0, 0), out RegisterAddress beyond));
        Assert.Equal(0ul, beyond.Value);
        Assert.Equal(15, window.LastBus);
    }

    [Fact]
    public void A_bus_before_the_first_is_not_there()
    {
        EcamWindow window = new(0x1000_0000, 256 << 20, 4, 7);

        Assert.False(window.TryLocate(new RequesterId(3, 31, 7), out _));
        Assert.True(window.TryLocate(new RequesterId(4, 0, 0), out RegisterAddress first));
        Assert.Equal(0x1000_0000ul, first.Value);
        Assert.False(window.TryLocate(new RequesterId(8, 0, 0), out _));
    }

    [Theory]
    [InlineData(0ul, -1)]
    [InlineData(0xFFFul, -1)]
    [InlineData(0x10_0000ul, 0)]
    public void A_window_too_small_for_a_bus_has_no_last_bus(ulong size, int lastBus) => Assert.Equal(lastBus, new EcamWindow(0, size, 0, 255).LastBus);
}
