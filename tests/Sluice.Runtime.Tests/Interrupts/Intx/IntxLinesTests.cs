using System.Collections.Generic;
using System.Linq;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Intx;

/// <summary>Who has a line, when it is masked, and what becomes of one that fires for nobody.</summary>
public sealed class IntxLinesTests
{
    private const uint Interrupt = 40;

    private static readonly OwnerId s_first = new(1);
    private static readonly OwnerId s_second = new(2);

    private readonly Wires _wires = new();

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    [InlineData(31u)]
    [InlineData(32u)]
    [InlineData(33u)]
    public void Every_line_that_there_is_is_masked_at_the_beginning_and_no_other_is_touched(uint count)
    {
        _ = Lines(count);

        Assert.Equal(Enumerable.Range(0, (int)(count < 32 ? count : 32)).Select(static line => $"mask {line}"), _wires.Log);
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(32u)]
    [InlineData(40u)]
    public void A_line_that_there_is_not_is_nobody_s_and_nobody_has_any(uint count)
    {
        IntxLines<LoggedWires> lines = Lines(count);
        uint beyond = count < 32 ? count : 32;

        Assert.False(lines.TryTake(s_first, beyond));
        Assert.False(lines.TryTake(s_first, uint.MaxValue));
        Assert.False(lines.TryTake(default, 0));
        Assert.True(lines.TryTake(s_first, beyond - 1));
        Assert.True(lines.OwnerOf(beyond - 1).Is(s_first));
        Assert.True(lines.OwnerOf(beyond).IsNone && lines.OwnerOf(uint.MaxValue).IsNone);
        lines.Release(s_first, 32);
        lines.Settle(32, asserted: false);
        Assert.Equal(1u, lines.Taken);
    }

    [Fact]
    public void A_line_is_unmasked_with_its_first_function_and_masked_with_its_last()
    {
        IntxLines<LoggedWires> lines = Lines(4);
        _wires.Log.Clear();

        Assert.True(lines.TryTake(s_first, 2));
        Assert.True(lines.TryTake(s_first, 2));
        Assert.False(lines.TryTake(s_second, 2));
        Assert.Equal(["unmask 2"], _wires.Log);
        lines.Release(s_second, 2);
        lines.Release(default, 2);
        lines.Release(s_first, 1);
        lines.Release(s_first, 2);
        Assert.Equal(["unmask 2"], _wires.Log);
        lines.Release(s_first, 2);

        Assert.Equal(["unmask 2", "mask 2"], _wires.Log);
        Assert.True(lines.OwnerOf(2).IsNone);
        lines.Release(s_first, 2);
        Assert.Equal(2, _wires.Log.Count);
        Assert.True(lines.TryTake(s_second, 2));
    }

    [Fact]
    public void Of_lines_that_fire_together_each_owned_one_is_held_and_each_other_is_counted()
    {
        IntxLines<LoggedWires> lines = Lines(4);
        Assert.True(lines.TryTake(s_first, 0));
        Assert.True(lines.TryTake(s_second, 3));
        _wires.Fired = 0xF;

        Assert.True(lines.TryCollect(Interrupt, out uint fired));
        Assert.Equal((0x9u, 0x9u, 2u), (fired, lines.Held, lines.Unowned));
        Assert.True(lines.TryCollect(Interrupt, out fired));
        Assert.Equal((0x9u, 0x9u, 4u), (fired, lines.Held, lines.Unowned));
        _wires.Fired = 0;
        Assert.False(lines.TryCollect(Interrupt + 1, out fired));
        Assert.Equal((0u, 0x9u), (fired, lines.Held));

        lines.Release(s_first, 0);
        Assert.Equal(0x8u, lines.Held);
    }

    [Fact]
    public void A_line_that_is_asserted_stays_masked_until_it_is_not_and_one_that_is_not_held_is_left_alone()
    {
        IntxLines<LoggedWires> lines = Lines(4);
        Assert.True(lines.TryTake(s_first, 1));
        Assert.True(lines.TryTake(s_first, 2));
        _wires.Log.Clear();
        lines.Settle(1, asserted: false);
        Assert.Empty(_wires.Log);

        _wires.Fired = 0x2;
        Assert.True(lines.TryCollect(Interrupt, out _));
        lines.Settle(1, asserted: true);
        lines.Settle(2, asserted: false);
        Assert.Empty(_wires.Log);
        lines.Settle(1, asserted: false);

        Assert.Equal(["unmask 1"], _wires.Log);
        Assert.Equal((0u, 0u), (lines.Held, lines.Spurious));
    }

    [Fact]
    public void A_line_that_fires_64_times_without_cause_is_silent_until_it_is_taken_again_and_the_others_are_not()
    {
        IntxLines<LoggedWires> lines = Lines(4);
        Assert.True(lines.TryTake(s_first, 1));
        Assert.True(lines.TryTake(s_second, 3));
        _wires.Fired = 0x2;
        for (uint time = 1; time <= IntxLines<LoggedWires>.MostSpurious; time++)
        {
            Assert.True(lines.TryCollect(Interrupt, out _));
            lines.Settle(1, asserted: false);
            Assert.Equal(time == IntxLines<LoggedWires>.MostSpurious ? 0x2u : 0, lines.Silenced);
        }

        Assert.Equal(IntxLines<LoggedWires>.MostSpurious, lines.Spurious);
        _wires.Log.Clear();
        Assert.True(lines.TryTake(s_second, 3));
        Assert.Equal((0x2u, 0), (lines.Silenced, _wires.Log.Count));
        Assert.True(lines.TryTake(s_first, 1));
        Assert.Equal(0u, lines.Silenced);
        Assert.Equal(["unmask 1"], _wires.Log);

        // Once with a cause: the count begins anew.
        Assert.True(lines.TryCollect(Interrupt, out _));
        lines.Settle(1, asserted: true);
        lines.Settle(1, asserted: false);
        Assert.True(lines.TryCollect(Interrupt, out _));
        lines.Settle(1, asserted: false);
        Assert.Equal((0u, IntxLines<LoggedWires>.MostSpurious + 1), (lines.Silenced, lines.Spurious));
    }

    [Fact]
    public void A_silent_line_that_is_given_back_is_not_silent_for_its_next_owner()
    {
        IntxLines<LoggedWires> lines = Lines(4);
        Assert.True(lines.TryTake(s_first, 1));
        Assert.True(lines.TryTake(s_first, 2));
        _wires.Fired = 0x6;
        for (uint time = 0; time < IntxLines<LoggedWires>.MostSpurious; time++)
        {
            Assert.True(lines.TryCollect(Interrupt, out _));
            lines.Settle(1, asserted: false);
            lines.Settle(2, asserted: false);
        }

        Assert.Equal(0x6u, lines.Silenced);
        lines.Release(s_first, 1);
        Assert.Equal(0x4u, lines.Silenced);
        Assert.True(lines.TryTake(s_second, 1));
        Assert.Equal(0x4u, lines.Silenced);
    }

    private IntxLines<LoggedWires> Lines(uint count) => new(new LoggedWires(_wires, count));

    private sealed class Wires
    {
        public List<string> Log { get; } = [];

        public uint Fired { get; set; }
    }

    private readonly struct LoggedWires(Wires wires, uint count) : IIntxController
    {
        public uint LineCount => count;

        public void Mask(uint line) => wires.Log.Add($"mask {line}");

        public void Unmask(uint line) => wires.Log.Add($"unmask {line}");

        public bool TryCollect(uint interrupt, out uint fired)
        {
            fired = interrupt == Interrupt ? wires.Fired : 0;
            return interrupt == Interrupt;
        }
    }
}
