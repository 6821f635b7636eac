using Sluice.Registers;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public sealed class GuestDoorbellTests
{
    private static readonly GuestDoorbell s_doorbell = new(0x0802_0040, 64, 16);

    [Theory]
    [InlineData(64u)]
    [InlineData(79u)]
    public void A_message_to_the_doorbell_means_the_interrupt_that_it_names(uint data)
    {
        Assert.True(s_doorbell.TryResolve(new GuestAddress(0x0802_0040), new GuestValue(data), out uint interrupt));
        Assert.Equal(data, interrupt);
    }

    [Theory]
    [InlineData(0x0802_0040ul, 63u)]
    [InlineData(0x0802_0040ul, 80u)]
    [InlineData(0x0802_0040ul, uint.MaxValue)]
    [InlineData(0x0802_0044ul, 64u)]
    [InlineData(0x0802_003Cul, 64u)]
    [InlineData(0x4000_0000ul, 64u)]
    [InlineData(0x1_0802_0040ul, 64u)]
    [InlineData(0ul, 0u)]
    public void Any_other_message_means_nothing(ulong address, uint data)
    {
        Assert.False(s_doorbell.TryResolve(new GuestAddress(address), new GuestValue(data), out uint interrupt));
        Assert.Equal(0u, interrupt);
    }

    [Fact]
    public void A_doorbell_without_interrupts_means_nothing()
        => Assert.False(default(GuestDoorbell).TryResolve(new GuestAddress(0), new GuestValue(0), out _));
}
