using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class StrictModeTests
{
    private const string Source = """
        using Sluice.Registers;

        public static class Trap
        {
            public static void Ring([HardwareSink] uint value) => _ = value;

            public static uint Read() => 0;

            public static void Run() => Ring(Read());

            public static void Run(GuestValue value) => Ring((uint)value.Mask(3));
        }
        """;

    private static AnalyzerTest Test => AnalyzerTest.Of<GuestValueAnalyzer>("SLU2001").WithSource(Source);

    [Theory]
    [InlineData("build_property.SluiceStrict", "true")]
    [InlineData("build_property.SluiceStrict", "True")]
    [InlineData("sluice_strict", "true")]
    public void It_is_on_when_the_project_or_its_globalconfig_says_so(string key, string value)
    {
        var diagnostic = Assert.Single(Test.WithOption(key, value).Run());
        Assert.Contains("'Trap.Read (not annotated)'", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build_property.SluiceStrict", "false")]
    [InlineData("build_property.SluiceStrict", "")]
    [InlineData("build_property.Other", "true")]
    public void It_is_off_without(string key, string value) => Test.WithOption(key, value).Verify();

    [Fact]
    public void The_globalconfig_counts_more_than_the_project()
        => Test.WithOption("build_property.SluiceStrict", "true").WithOption("sluice_strict", "false").Verify();

    [Fact]
    public void Generated_members_are_annotated_as_far_as_they_have_to_be()
    {
        string generated = Source
            .Replace("public static class Trap", "public static class Own { [System.CodeDom.Compiler.GeneratedCode(\"a\", \"1\")] public static class Inner { public static uint Read() => 0; } }\npublic static class Trap", System.StringComparison.Ordinal)
            .Replace("Ring(Read())", "Ring(Own.Inner.Read())", System.StringComparison.Ordinal);
        AnalyzerTest.Of<GuestValueAnalyzer>("SLU2001").WithSource(generated).WithOption("sluice_strict", "true").Verify();
    }
}
