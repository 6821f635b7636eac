using System.Globalization;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class WriteConstraintAnalyzerTests
{
    [Fact]
    public void A_constant_outside_the_range_is_reported()
    {
        Diagnostic diagnostic = Assert.Single(Test("_ = default(Rate) with { Divider = [|12|] };").Verify());
        Assert.Equal("12 must not be written to 'Divider', which takes 1 to 9", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("_ = default(Rate) with { Divider = [|0|] };")]
    [InlineData("const uint fastest = 10; _ = new Rate { Divider = [|fastest|] };")]
    [InlineData("_ = default(Rate) with { Source = [|(Source)3|] };")]
    [InlineData("_ = default(Rate) with { Source = [|default|] };")]
    [InlineData("_ = default(Rate) with { Divider = 1, Source = Source.Pll };")]
    [InlineData("_ = default(Rate) with { Divider = 9 };")]
    [InlineData("_ = default(Rate) with { Divider = (uint)System.Environment.TickCount };")]
    [InlineData("_ = default(Status) with { Level = 15 };")]
    public void What_is_reported_is_what_the_description_excludes(string body) => Test(body).Verify();

    [Fact]
    public void A_value_without_a_name_is_reported_with_the_type_of_the_names()
    {
        Diagnostic diagnostic = Assert.Single(Test("_ = default(Rate) with { Source = [|(Source)3|] };").Verify());
        Assert.Equal("3 must not be written to 'Source', which takes only the values of 'Source'", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    private static AnalyzerTest Test(string body) => AnalyzerTest.Of<WriteConstraintAnalyzer>("SLU2024").WithSource(DriverSources.Status
        + "public static class Driver { public static void Run() {\n" + body + "\n} }\n");
}
