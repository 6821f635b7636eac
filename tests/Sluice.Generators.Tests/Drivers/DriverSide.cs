using System.Collections.Generic;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Xunit;

namespace Sluice.Generators.Tests.Drivers;

public sealed class DriverSide
{
    private readonly List<string> _log = [];

    [Fact]
    public void A_register_is_one_access_of_its_own_width_at_its_own_place()
    {
        Timer.Registers<RecordingBus> timer = On(0x1122_3344_5566_7788);
        Timer.Count count = timer.Count.Read();
        timer.Kick.Write(default(Timer.Kick) with { Key = 0xF });
        timer.ResetRegister.Write(new Timer.ResetRegister(0xBEEF));
        Assert.Equal(0x44_5566_7788ul, count.Low);
        Assert.Equal(0x112233u, count.Epoch);
        Assert.Equal(["read64 1008", "write8 1010 78", "write16 1012 BEEF"], _log);
    }

    [Fact]
    public void Fields_are_read_and_made_without_touching_their_neighbours()
    {
        Timer.Ctrl control = new(0xABCD_5A31);
        Assert.True(control.Enable);
        Assert.Equal(Timer.CtrlMode.Off, control.Mode);
        Assert.Equal(0xABCDu, control.Prescale);
        Assert.Equal(0xABCD_5A11u, (control with { Mode = Timer.CtrlMode.Edges }).Value);
        Assert.Equal(0xABCD_5A30u, (control with { Enable = false }).Value);
    }

    [Theory]
    [InlineData(0x7001_0001u, 0x0001_5A31u)]
    [InlineData(0xFFFFu, 0xFFFF_5A31u)]
    public void A_value_that_is_wider_than_its_field_loses_the_bits_beyond(uint prescale, uint expected)
        => Assert.Equal(expected, (new Timer.Ctrl(0xABCD_5A31) with { Prescale = prescale }).Value);

    [Fact]
    public void A_modify_gives_fields_with_write_effects_their_neutral_value()
    {
        // W1C EXPIRED is written zero, W0C MISSED one, and THRESHOLD as given.
        Timer.Registers<RecordingBus> timer = On(0x0000_1207);
        timer.Status.Modify(timer.Status.Read() with { Threshold = 0x34 });
        Assert.Equal(["read32 1004", "write32 1004 3402"], _log);
    }

    [Fact]
    public void A_modify_preserves_what_must_be_preserved()
    {
        Timer.Registers<RecordingBus> timer = On(0x0001_5A11);
        timer.Ctrl.Modify(timer.Ctrl.Read() with { Enable = false });
        Assert.Equal("write32 1000 15A10", _log[^1]);
    }

    [Fact]
    public void Only_a_checked_index_reaches_an_element_of_an_array()
    {
        Timer.Registers<RecordingBus> timer = On(0);
        Assert.True(timer.Channel.TryIndex(3, out RegisterIndex<Timer.Channel> last));
        timer.Channel[last].Write(default(Timer.Channel) with { Armed = true, Compare = 5 });
        Assert.False(timer.Channel.TryIndex(4, out RegisterIndex<Timer.Channel> none));
        Assert.Equal(0u, none.Value);
        Assert.Equal(["write32 1070 80000005"], _log);
    }

    private Timer.Registers<RecordingBus> On(ulong answer) => new(new RecordingBus(_log, answer), new RegisterAddress(0x1000));
}
