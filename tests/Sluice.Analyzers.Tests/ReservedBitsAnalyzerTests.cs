using System.Globalization;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class ReservedBitsAnalyzerTests
{
    [Theory]
    [InlineData("timer.Control.Write(new Timer.Control([|0x1FF|]));")]
    [InlineData("timer.Control.Write(new Timer.Control([|0x100|]) with { Level = 3 });")]
    [InlineData("timer.Control.Write(new Timer.Control([|uint.MaxValue|]));")]
    [InlineData("bus.Write32(new RegisterAddress(start + Timer.Offsets.Kick), [|3|]);")]
    public void Ones_in_reserved_bits_are_reported(string statement) => Test(statement).Verify();

    [Theory]
    [InlineData("timer.Control.Write(new Timer.Control(0xFF));")]
    [InlineData("timer.Control.Modify(new Timer.Control(0x1FF));")]
    [InlineData("timer.Control.Write(new Timer.Control((uint)start));")]
    [InlineData("_ = new Timer.Control(uint.MaxValue);")]
    [InlineData("bus.Write8(new RegisterAddress(start + Timer.Offsets.Control), 0xFF);")]
    public void Zeros_there_and_numbers_that_nobody_knows_are_right(string statement) => Test(statement).Verify();

    [Fact]
    public void All_ones_acknowledge_where_each_bit_acts_on_its_own()
        => AnalyzerTest.Of<ReservedBitsAnalyzer>("SLU2014")
            .WithSource(RuleExamples.Driver("block.Status.Write(new Status(uint.MaxValue));")
                .Replace("Writable = 0xFF, WriteEffects = 0x3)", "Writable = 0x3, WriteEffects = 0x3, Reserved = 0xFFFFFF00)", System.StringComparison.Ordinal))
            .Verify();

    [Fact]
    public void It_names_the_bits()
    {
        Diagnostic diagnostic = Assert.Single(Test("timer.Control.Write(new Timer.Control([|0x1FF|]));").Verify());
        Assert.StartsWith("The bits 0x100 of 'Control' are reserved", diagnostic.GetMessage(CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }

    private static AnalyzerTest Test(string statement) => AnalyzerTest.Of<ReservedBitsAnalyzer>("SLU2014").WithSource(RuleExamples.Raw(statement));
}
