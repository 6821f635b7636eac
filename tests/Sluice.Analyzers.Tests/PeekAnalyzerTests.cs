using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class PeekAnalyzerTests
{
    [Theory]
    [InlineData("[|new Timer.Guest().Peek(Timer.Offsets.Events)|];")]
    [InlineData("_ = [|new Timer.Guest().Peek(Timer.Offsets.Events)|];")]
    [InlineData("System.Console.WriteLine([|timer.Events.Read()|].Value);")]
    [InlineData("System.Console.WriteLine([|new Timer.Guest().Read(Timer.Offsets.Events, AccessWidth.Word, out _)|]);")]
    public void A_peek_for_its_effect_and_a_read_for_a_look_are_reported(string statement) => Test(statement).Verify();

    [Theory]
    [InlineData("uint events = new Timer.Guest().Peek(Timer.Offsets.Events); System.Console.WriteLine(events);")]
    [InlineData("_ = timer.Events.Read();")]
    [InlineData("System.Console.WriteLine(timer.Count.Read().Value);")]
    [InlineData("new Timer.Guest().Read(Timer.Offsets.Events, AccessWidth.Word, out _);")]
    public void Each_where_it_is_meant_is_right(string statement) => Test(statement).Verify();

    [Fact]
    public void What_a_debugger_shows_must_not_change_the_hardware()
        => AnalyzerTest.Of<PeekAnalyzer>("SLU2018").WithSource(RuleExamples.Raw("") + """
            public readonly struct Shown(Timer.Registers<MmioBus> timer)
            {
                public override string ToString() => [|timer.Events.Read()|].Value.ToString();

                public override int GetHashCode() => (int)timer.Control.Read().Value;
            }
            """).Verify();

    private static AnalyzerTest Test(string statement) => AnalyzerTest.Of<PeekAnalyzer>("SLU2018").WithSource(RuleExamples.Raw(statement));
}
