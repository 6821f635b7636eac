using System.Linq;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Intx;

/// <summary>The four lines of a generic host bridge at the machine's interrupt controller.</summary>
public sealed class EcamIntxTests
{
    private readonly LineModel _model = new();

    [Fact]
    public void All_four_are_closed_at_the_beginning_and_no_other()
    {
        EcamIntxController<LineGate> lines = new(_model.Gate, LineModel.First);

        Assert.Equal(["close 0", "close 1", "close 2", "close 3"], _model.Trace.Order());
        Assert.Equal(4u, lines.LineCount);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    public void A_line_that_fires_is_closed_until_it_is_unmasked(uint line)
    {
        EcamIntxController<LineGate> lines = new(_model.Gate, LineModel.First);
        lines.Unmask(line);
        Assert.True(_model.IsOpen(line));

        Assert.True(lines.TryCollect(LineModel.First + line, out uint fired));

        Assert.Equal(1u << (int)line, fired);
        Assert.False(_model.IsOpen(line));
    }

    [Theory]
    [InlineData(LineModel.First - 1)]
    [InlineData(LineModel.First + 4)]
    [InlineData(0u)]
    public void An_interrupt_of_somebody_else_is_none_of_the_lines(uint interrupt)
    {
        EcamIntxController<LineGate> lines = new(_model.Gate, LineModel.First);
        _model.Trace.Clear();

        Assert.False(lines.TryCollect(interrupt, out uint fired));

        Assert.Equal(0u, fired);
        Assert.Empty(_model.Trace);
    }

    [Fact]
    public void A_line_that_there_is_not_is_neither_opened_nor_closed()
    {
        EcamIntxController<LineGate> lines = new(_model.Gate, LineModel.First);
        _model.Trace.Clear();

        lines.Mask(4);
        lines.Unmask(4);
        lines.Mask(uint.MaxValue);
        lines.Mask(3);

        Assert.Equal(["close 3"], _model.Trace);
    }
}
