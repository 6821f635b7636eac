using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

public sealed class HostBarsTests
{
    private static readonly RequesterId s_id = new(0, 1, 0);

    private readonly ReferenceMachine _reference = new();
    private readonly BareFunction _function = new();

    public HostBarsTests() => _reference.Functions.Add(s_id, _function);

    [Fact]
    public void Each_kind_is_found_with_its_size()
    {
        _function.Bar(new SimulatedBar(0, 0x10000, Is64Bit: true));
        _function.Bar(new SimulatedBar(2, 0x1000));
        _function.Bar(new SimulatedBar(4, 0x20, IsIo: true));

        HostBars bars = Probe();

        Assert.Equal([BarKind.Memory64, BarKind.UpperHalf, BarKind.Memory32, BarKind.Absent, BarKind.Io, BarKind.Absent], Kinds(bars));
        Assert.Equal(0x10000ul, bars[0].SizeBytes);
        Assert.Equal(0x1000ul, bars[2].SizeBytes);
        Assert.Equal(0ul, bars[4].SizeBytes);
    }

    [Fact]
    public void B9_A_prefetchable_bar_of_8_GiB_is_found_whole()
    {
        _function.Bar(new SimulatedBar(0, 0x2_0000_0000, Is64Bit: true, IsPrefetchable: true));

        HostBars bars = Probe();

        Assert.Equal(0x2_0000_0000ul, bars[0].SizeBytes);
        Assert.True(bars[0].IsPrefetchable);
    }

    [Fact]
    public void The_probe_leaves_the_registers_as_they_were()
    {
        _function.Bar(new SimulatedBar(0, 0x10000, Is64Bit: true));
        _function.Poke(0x10, AccessWidth.Word, 0xABCD_0004);
        _function.Poke(0x14, AccessWidth.Word, 0x12);

        Probe();

        Assert.Equal(0xABCD_0004, _function.Peek(0x10, AccessWidth.Word));
        Assert.Equal(0x12u, _function.Peek(0x14, AccessWidth.Word));
    }

    [Theory]
    [InlineData(0xFFF0_F000u, "the size is no power of two")]
    [InlineData(0xFFFF_0002u, "the type is reserved")]
    [InlineData(0xFFFF_0006u, "the type is reserved")]
    [InlineData(0xFFFF_FFFFu, "all ones")]
    [InlineData(0x0000_0000u, "nothing")]
    public void What_contradicts_itself_is_absent(uint answer, string reason)
    {
        _function.Set(0x10, AccessWidth.Word, answer);

        Assert.True(Probe()[0].Kind is BarKind.Absent, reason);
    }

    [Fact]
    public void A_64_bit_bar_without_room_for_its_upper_half_is_absent()
    {
        _function.Set(0x24, AccessWidth.Word, 0x4, 0xFFFF_0000);

        Assert.Equal(BarKind.Absent, Probe()[5].Kind);
    }

    [Fact]
    public void Places_are_aligned_and_own_their_pages()
    {
        _function.Bar(new SimulatedBar(0, 0x800));
        _function.Bar(new SimulatedBar(1, 0x10000));
        _function.Bar(new SimulatedBar(2, 0x10));
        HostBars bars = Probe();
        MemoryWindow low = ReferenceMachine.Window;
        MemoryWindow high = default;

        Assert.True(HostBars.TryPlace(_reference.Config(s_id), ref bars, ref low, ref high));

        Assert.Equal(0x1000_0000ul, bars[0].MachineAddress.Value);
        Assert.Equal(0x1001_0000ul, bars[1].MachineAddress.Value);
        Assert.Equal(0x1002_0000ul, bars[2].MachineAddress.Value);
        Assert.Equal(0x1001_0000u, _function.Peek(0x14, AccessWidth.Word));
    }

    [Fact]
    public void The_registers_get_the_address_as_PCI_sees_it()
    {
        _function.Bar(new SimulatedBar(0, 0x1000));
        HostBars bars = Probe();
        MemoryWindow low = new(new MachineAddress(0x6_0000_0000), 0x2000_0000, 0x10000);
        MemoryWindow high = default;

        Assert.True(HostBars.TryPlace(_reference.Config(s_id), ref bars, ref low, ref high));

        Assert.Equal(0x6_0000_0000ul, bars[0].MachineAddress.Value);
        Assert.Equal(0x2000_0000u, _function.Peek(0x10, AccessWidth.Word));
    }

    [Fact]
    public void Without_room_for_all_none_has_a_place_and_the_windows_are_as_before()
    {
        _function.Bar(new SimulatedBar(0, 0x1000));
        _function.Bar(new SimulatedBar(1, 0x10000));
        HostBars bars = Probe();
        MemoryWindow low = new(new MachineAddress(0x1000_0000), 0x1000_0000, 0x8000);
        MemoryWindow high = default;

        Assert.False(HostBars.TryPlace(_reference.Config(s_id), ref bars, ref low, ref high));

        Assert.Equal(0x8000ul, low.FreeBytes);
        Assert.Equal(0ul, bars[0].MachineAddress.Value);
        Assert.Equal(0u, _function.Peek(0x10, AccessWidth.Word));
    }

    [Fact]
    public void A_window_that_would_wrap_around_is_empty()
    {
        MemoryWindow window = new(new MachineAddress(ulong.MaxValue - 0xFFF), 0, 0x2000);

        Assert.Equal(0ul, window.FreeBytes);
        Assert.False(window.TryTake(0x1000, out _));
    }

    private static BarKind[] Kinds(HostBars bars) => [.. Enumerable.Range(0, HostBars.Count).Select(index => bars[index].Kind)];

    private HostBars Probe()
    {
        HostBars.Probe(_reference.Config(s_id), out HostBars bars);
        return bars;
    }
}
