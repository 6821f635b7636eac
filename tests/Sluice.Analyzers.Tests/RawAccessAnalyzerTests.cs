using System.Globalization;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class RawAccessAnalyzerTests
{
    [Theory]
    [InlineData("[|bus.Write32(new RegisterAddress(start + Timer.Offsets.Count), 0)|];")]
    [InlineData("[|bus.Write8(new RegisterAddress(Timer.BaseAddress) + Timer.Offsets.Count, 0)|];")]
    [InlineData("_ = [|bus.Read32(new RegisterAddress(Timer.Offsets.Kick + start))|];")]
    public void An_access_that_the_register_does_not_have_is_reported(string statement) => Test(statement).Verify();

    [Theory]
    [InlineData("_ = bus.Read32(new RegisterAddress(start + Timer.Offsets.Count));")]
    [InlineData("bus.Write32(new RegisterAddress(start + Timer.Offsets.Kick), 1);")]
    [InlineData("bus.Write32(new RegisterAddress(start + Timer.Offsets.Count + 4), 1);")]
    [InlineData("bus.Write32(new RegisterAddress(start), Timer.Offsets.Count);")]
    [InlineData("bus.Write32(new RegisterAddress(start + 4), 1);")]
    public void An_access_that_it_has_or_of_which_the_register_is_not_certain_is_right(string statement) => Test(statement).Verify();

    [Fact]
    public void It_says_what_the_register_cannot_do()
    {
        Diagnostic diagnostic = Assert.Single(Test("[|bus.Write32(new RegisterAddress(start + Timer.Offsets.Count), 0)|];").Verify());
        Assert.StartsWith("The register 'Count' cannot be written", diagnostic.GetMessage(CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }

    private static AnalyzerTest Test(string statement) => AnalyzerTest.Of<RawAccessAnalyzer>("SLU2013").WithSource(RuleExamples.Raw(statement));
}
