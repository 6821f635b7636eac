using System.Collections.Generic;
using System.Text;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Xunit;

namespace Sluice.Generators.Tests.Drivers;

/// <summary>Arguments, conditions, what is read, calls, what undoes, and sequences over several blocks.</summary>
public sealed class LaneBringUp
{
    private readonly List<string> _log = [];
    private readonly List<ulong> _looks = [];

    [Fact]
    public void An_argument_says_which_element_and_what_a_field_gets()
    {
        Assert.True(Phy.TryLane(Lanes(answer: 1), new TickingClock(_looks, 5), 2, 1, default, out _));
        Assert.Equal(["write16 1080 64", "write32 1020 1", "read32 1024", "read32 1024"], _log);
    }

    [Fact]
    public void The_other_branch_is_taken_when_the_argument_has_another_value()
    {
        Assert.True(Phy.TryLane(Lanes(answer: 1), new TickingClock(_looks, 5), 3, 2, new Phy.Reference(0x7D), out _));
        Assert.Equal(["write16 1080 7D", "write32 1030 2"], _log[..2]);
    }

    [Fact]
    public void What_was_read_is_written_bit_by_bit_and_events_are_left_alone()
    {
        // LOCKED and CODE 0x2E; in LANE the same bits are PROTOCOL 1, CODE 0xE and EVENT's neighbour.
        Assert.True(Phy.TryLane(Lanes(answer: 0x2E1), new TickingClock(_looks, 5), 0, 1, default, out _));
        Assert.Equal(["read32 1004", "read32 1000", "write32 1000 2B9"], _log[^3..]);
    }

    [Theory]
    [InlineData(4, 1, "Lane")]
    [InlineData(0, 0, "Protocol")]
    [InlineData(0, 3, "Protocol")]
    public void An_argument_out_of_its_bounds_stops_the_sequence_before_its_first_step(uint lane, uint protocol, string name)
    {
        Assert.False(Phy.TryLane(Lanes(answer: 1), new TickingClock(_looks, 5), lane, protocol, default, out SequenceFailure failure));
        Assert.Equal(name, Encoding.UTF8.GetString(failure.Name));
        Assert.Equal(0ul, failure.Mask);
        Assert.Empty(_log);
    }

    [Fact]
    public void A_failure_names_the_register_and_what_was_done_is_undone()
    {
        Assert.False(Phy.TryLane(Lanes(answer: 0), new TickingClock(_looks, 5), 1, 1, default, out SequenceFailure failure));
        Assert.Equal("PHY.STATUS", Encoding.UTF8.GetString(failure.Name));
        Assert.Equal((Phy.Offsets.Status + 0x10, 1ul, 1ul), (failure.Offset, failure.Mask, failure.Expected));
        Assert.Equal("write32 1010 0", _log[^1]);
    }

    [Fact]
    public void What_undoes_can_be_called_by_itself()
    {
        Phy.UndoLane(Lanes(answer: 0), new TickingClock(_looks, 5), 3, 1, default);
        Assert.Equal(["write32 1030 0"], _log);
    }

    [Fact]
    public void A_sequence_hands_its_arguments_on()
    {
        Assert.True(Phy.TryPair(Lanes(answer: 1), new TickingClock(_looks, 5), 2, new Phy.Reference(0x19), out _));
        Assert.Equal(
            ["write16 1080 19", "write32 1000 2", "read32 1004", "read32 1004", "write16 1080 19", "write32 1010 2", "read32 1014", "read32 1014"],
            _log);
    }

    [Fact]
    public void A_sequence_of_the_device_reaches_several_blocks()
    {
        Assert.True(LanesSequences.TryPcie(Lanes(answer: 1), Holds(answer: 1), new TickingClock(_looks, 5), 1, out _));
        Assert.Equal(["read32 2000", "write32 2000 20001", "write16 1080 64"], _log[..3]);
        Assert.Equal(["read32 2000", "write32 2000 1"], _log[^2..]);
    }

    [Fact]
    public void A_failure_comes_through_a_call_and_both_undo_from_the_inside_out()
    {
        Assert.False(LanesSequences.TryPcie(Lanes(answer: 0), Holds(answer: 0), new TickingClock(_looks, 5), 1, out SequenceFailure failure));
        Assert.Equal("PHY.STATUS", Encoding.UTF8.GetString(failure.Name));
        Assert.Equal(["write32 1010 0", "read32 2000", "write32 2000 20000"], _log[^3..]);
    }

    [Fact]
    public void The_failure_that_is_told_is_the_first_whatever_undoing_meets()
    {
        Assert.False(LanesSequences.TryTwice(Lanes(answer: 0), Holds(answer: 0), new TickingClock(_looks, 5), out SequenceFailure failure));
        Assert.Equal("PHY.STATUS", Encoding.UTF8.GetString(failure.Name));
        Assert.Equal(Phy.Offsets.Status + 0x20, failure.Offset);
        Assert.Equal("write32 1020 0", _log[^1]);
    }

    private Phy.Registers<RecordingBus> Lanes(ulong answer) => new(new RecordingBus(_log, answer), new RegisterAddress(0x1000));

    private Resets.Registers<RecordingBus> Holds(ulong answer) => new(new RecordingBus(_log, answer), new RegisterAddress(0x2000));
}
