using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class MagicOffsetAnalyzerTests
{
    [Theory]
    [InlineData("_ = bus.Read32(new RegisterAddress(Timer.BaseAddress + [|0x4|]));")]
    [InlineData("bus.Write32(new RegisterAddress(Timer.BaseAddress) + [|8|], 1);")]
    [InlineData("_ = new Timer.Guest().Peek([|0xC|]);")]
    [InlineData("new Timer.Guest().Read([|0|], AccessWidth.Word, out _);")]
    public void A_number_for_which_the_block_has_a_name_is_reported(string statement) => Test(statement).Verify();

    [Theory]
    [InlineData("_ = bus.Read32(new RegisterAddress(start + 0x4));")]
    [InlineData("_ = bus.Read32(new RegisterAddress(Timer.BaseAddress + 0x6));")]
    [InlineData("_ = new Timer.Guest().Peek(Timer.Offsets.Events);")]
    [InlineData("_ = new Timer.Guest().Peek((uint)start);")]
    public void A_name_and_a_number_without_one_are_right(string statement) => Test(statement).Verify();

    [Fact]
    public void The_fix_writes_the_name()
        => new CodeFixTest(
            Test("""
                bus.Write32(new RegisterAddress(Timer.BaseAddress) + [|0x8|], 1);
                _ = new Timer.Guest().Peek(/* events */ [|0xC|]);
                """),
            new NamedOffsetCodeFix()).VerifyFixes(RuleExamples.Raw("""
                bus.Write32(new RegisterAddress(Timer.BaseAddress) + Timer.Offsets.Kick, 1);
                _ = new Timer.Guest().Peek(/* events */ Timer.Offsets.Events);
                """));

    private static AnalyzerTest Test(string statement) => AnalyzerTest.Of<MagicOffsetAnalyzer>("SLU2015").WithSource(RuleExamples.Raw(statement));
}
