using System.Globalization;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class FieldConstantAnalyzerTests
{
    [Fact]
    public void A_constant_that_does_not_fit_is_reported()
    {
        Diagnostic diagnostic = Assert.Single(Test("_ = default(Status) with { Level = [|0x10|] };").Verify());
        Assert.Equal("0x10 does not fit the 4 bits of 'Level': the bits beyond it are lost", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_named_constant_that_does_not_fit_is_reported()
        => Test("""
            const uint level = 3 << 3;
            _ = new Status { Level = [|level|] };
            """).Verify();

    [Fact]
    public void The_largest_value_of_the_field_is_right() => Test("_ = default(Status) with { Level = 0xF };").Verify();

    [Fact]
    public void What_is_no_constant_is_left_alone() => Test("_ = default(Status) with { Level = (uint)System.Environment.TickCount };").Verify();

    [Fact]
    public void It_is_silenced_by_a_pragma()
        => Test("""
            #pragma warning disable SLU2003 // The upper bits are meant to be lost.
            _ = default(Status) with { Level = 0x10 };
            #pragma warning restore SLU2003
            """).Verify();

    [Fact]
    public void It_is_off_when_the_configuration_says_none()
        => Test("_ = default(Status) with { Level = 0x10 };").WithSeverity("SLU2003", ReportDiagnostic.Suppress).Verify();

    [Fact]
    public void It_does_not_look_into_generated_code()
        => AnalyzerTest.Of<FieldConstantAnalyzer>("SLU2003").WithSource(Source("_ = default(Status) with { Level = 0x10 };"), "Code.g.cs").Verify();

    private static AnalyzerTest Test(string body) => AnalyzerTest.Of<FieldConstantAnalyzer>("SLU2003").WithSource(Source(body));

    private static string Source(string body) => DriverSources.Status + """
        public static class Driver
        {
            public static void Run()
            {
        """ + "\n" + body + "\n" + """
            }
        }
        """;
}
