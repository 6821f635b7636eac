using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>Registers of the function that lie on a page with its MSI-X table: each access reaches the bytes that it covers, aligned or not.</summary>
public sealed class TrappedBytesTests
{
    private const ulong Beside = AssignedFunction.Bar0 + 0x2000;

    private readonly AssignedFunction _assigned = new AssignedFunction().Enable();

    [Theory]
    [InlineData(0, 8, 0x8877_6655_4433_2211ul)]
    [InlineData(1, 4, 0x0000_0044_3322_1100ul)]
    [InlineData(3, 2, 0x0000_0022_1100_0000ul)]
    [InlineData(2, 4, 0x0000_4433_2211_0000ul)]
    [InlineData(7, 1, 0x1100_0000_0000_0000ul)]
    public void A_write_changes_the_bytes_that_it_covers_and_no_other(int offset, int bytes, ulong after)
    {
        _assigned.WriteMemory(Beside, 8, 0);

        _assigned.WriteMemory(Beside + (ulong)offset, bytes, 0x8877_6655_4433_2211);

        Assert.Equal(after, _assigned.ReadMemory(Beside, 8));
        Assert.Equal(0ul, _assigned.ReadMemory(Beside + 8, 8));
    }

    [Theory]
    [InlineData(1, 4, 0x5544_3322ul)]
    [InlineData(3, 2, 0x5544ul)]
    [InlineData(5, 1, 0x66ul)]
    public void A_read_shows_the_bytes_that_it_covers(int offset, int bytes, ulong value)
    {
        _assigned.WriteMemory(Beside, 8, 0x8877_6655_4433_2211);

        Assert.Equal(value, _assigned.ReadMemory(Beside + (ulong)offset, bytes));
    }

    [Fact]
    public void An_unaligned_write_at_the_end_of_the_registers_does_not_reach_the_table()
    {
        ulong last = AssignedFunction.Bar0 + DmaFunction.TableOffset - 3;
        ulong before = _assigned.ReadMemory(_assigned.Entry(0), 4);

        _assigned.WriteMemory(last, 2, 0xABCD);

        Assert.Equal(0xABCDul, _assigned.ReadMemory(last, 2));
        Assert.Equal(before, _assigned.ReadMemory(_assigned.Entry(0), 4));
    }
}
