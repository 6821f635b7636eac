using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Drivers;

public sealed class Sequences
{
    private static readonly string[] s_beforePoll = ["write8 1010 28", "write32 1000 1000010"];

    private readonly List<string> _log = [];
    private readonly List<ulong> _looks = [];

    [Fact]
    public void A_sequence_is_its_steps_in_order()
    {
        // The answer to every read: RUNNING, and COMPARE 5.
        Assert.True(Start(answer: 5, out SequenceFailure failure));
        Assert.True(failure.Name.IsEmpty);
        Assert.Equal(
            [
                .. s_beforePoll, "read32 1000", "write32 1000 5", "read32 1004", "write32 1040 5", "write32 1050 5", "write32 1060 5",
                "write32 1070 5", "read32 1060", "write16 1012 BEEF",
            ],
            _log);
    }

    [Fact]
    public void A_wait_ends_with_its_time_and_nothing_behind_it_is_done()
    {
        Assert.False(Start(answer: 0, out SequenceFailure failure));
        Assert.Equal("TIMER.STATUS", Encoding.UTF8.GetString(failure.Name));
        Assert.Equal((Timer.Offsets.Status, 0x4ul, 0x4ul), (failure.Offset, failure.Mask, failure.Expected));
        Assert.Equal([.. s_beforePoll, "read32 1000", "write32 1000 1"], _log.Take(4));
        Assert.InRange(_log.Count, 6, 4 + 7);
        Assert.All(_log.Skip(4), access => Assert.Equal("read32 1004", access));
        Assert.True(_looks[^1] > 100 + 10);
    }

    [Fact]
    public void A_wait_without_time_looks_once_and_names_the_element()
    {
        Assert.False(Start(answer: 4, out SequenceFailure failure));
        Assert.Equal(Timer.Offsets.Channel + 0x20, failure.Offset);
        Assert.Equal(["write32 1070 5", "read32 1060"], _log.TakeLast(2));
    }

    [Theory]
    [InlineData("Registers")]
    [InlineData("Clock")]
    [InlineData("Failure")]
    [InlineData("Element")]
    [InlineData("Index")]
    [InlineData("Base")]
    [InlineData("_1")]
    public void An_argument_of_any_name_compiles(string name)
        => GeneratorInput.Empty.WithXml("registers.xml", Device("<trap:write register=\"R\" argument=\"" + name + "\"/><trap:write register=\"A\" value=\"0\"/>")).Run().MustCompile();

    [Fact]
    public void An_argument_that_comes_from_a_guest_is_a_hardware_sink()
        => Assert.Contains(
            "[global::Sluice.Registers.HardwareSink] R key",
            GeneratorInput.Empty.WithXml("registers.xml", Device("<trap:write register=\"R\" argument=\"Key\"/>")).Run().MustCompile().Files[0].Text,
            System.StringComparison.Ordinal);

    [Fact]
    public void A_register_that_is_named_like_a_sequence_compiles()
        => GeneratorInput.Empty.WithXml("registers.xml", Device("<trap:write register=\"TRY_S\" value=\"1\"/>")).Run().MustCompile();

    private static string Device(string steps)
        => "<device schemaVersion=\"1.3\" xmlns:trap=\"urn:sluice:trap\"><name>TEST</name><peripherals><peripheral><name>B</name><baseAddress>0</baseAddress><registers>"
            + "<register><name>R</name><addressOffset>0</addressOffset></register>"
            + "<register><name>TRY_S</name><addressOffset>4</addressOffset></register>"
            + "<register><dim>2</dim><dimIncrement>4</dimIncrement><name>A[%s]</name><addressOffset>8</addressOffset></register>"
            + "</registers><trap:sequence name=\"S\">" + steps + "</trap:sequence></peripheral></peripherals></device>";

    private bool Start(ulong answer, out SequenceFailure failure)
    {
        Timer.Registers<RecordingBus> timer = new(new RecordingBus(_log, answer), new RegisterAddress(0x1000));
        return Timer.TryStart(timer, new TickingClock(_looks, 5), default(Timer.Kick) with { Key = 5 }, out failure);
    }
}
