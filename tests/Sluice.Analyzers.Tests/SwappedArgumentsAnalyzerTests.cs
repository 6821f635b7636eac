using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class SwappedArgumentsAnalyzerTests
{
    [Theory]
    [InlineData("static void Run(uint offset, uint value) => Poke([|value|], offset);")]
    [InlineData("static void Run(uint maskOffset, uint newValue) => Poke([|newValue|], maskOffset);")]
    [InlineData("static class Offsets { public const uint Mask = 4; } static void Run(uint mask) => Poke([|mask|], Offsets.Mask);")]
    [InlineData("static void Run(uint offset, uint value) => Poke(value: offset, [|offset: value|]);")]
    public void A_place_for_the_value_and_a_value_for_the_place_are_reported(string member) => Test(member).Verify();

    [Theory]
    [InlineData("static void Run(uint offset, uint value) => Poke(offset, value);")]
    [InlineData("static void Run(uint offset) => Poke(offset, offset);")]
    [InlineData("static void Run(uint value) => Poke(value, 4);")]
    [InlineData("static void Run(uint first, uint second) => Poke(second, first);")]
    [InlineData("static class Offsets { public const uint Mask = 4; } static void Run(uint value) => Poke(Offsets.Mask, value);")]
    public void Arguments_that_stand_where_they_belong_or_say_nothing_are_right(string member) => Test(member).Verify();

    [Fact]
    public void The_fix_swaps_them()
        => new CodeFixTest(
            Test("static void Run(uint offset, uint value) { Poke([|value|], offset); Poke([|value|], /* here */ offset); }"),
            new SwapArgumentsCodeFix()).VerifyFixes(
                RuleExamples.Guest("static void Run(uint offset, uint value) { Poke(offset, value); Poke(offset, /* here */ value); }"));

    private static AnalyzerTest Test(string member)
        => AnalyzerTest.Of<SwappedArgumentsAnalyzer>("SLU2017").WithSource(
            RuleExamples.Guest(member.Contains("Offsets", System.StringComparison.Ordinal) ? "static class Block { " + member + " }" : member));
}
