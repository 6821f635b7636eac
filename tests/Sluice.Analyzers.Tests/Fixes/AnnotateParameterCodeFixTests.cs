using Microsoft.CodeAnalysis;
using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests.Fixes;

public sealed class AnnotateParameterCodeFixTests
{
    [Fact]
    public void The_parameter_says_that_it_takes_what_a_guest_controls()
        => Fix(
            """
            public static void Run([GuestControlled] uint value) => Keep(1, [|value|]);

                private static void Keep(uint slot, uint word) => s_word = slot + word;
            """).VerifyFixes(Source(
            """
            public static void Run([GuestControlled] uint value) => Keep(1, value);

                private static void Keep(uint slot, [GuestControlled] uint word) => s_word = slot + word;
            """));

    [Fact]
    public void A_parameter_is_marked_once_for_all_calls()
        => Fix(
            """
            public static void Run([GuestControlled] uint value)
                {
                    Keep([|value|]);
                    Keep([|value + 1|]);
                }

                private static void Keep(uint word) => s_word = word;
            """).VerifyFixes(Source(
            """
            public static void Run([GuestControlled] uint value)
                {
                    Keep(value);
                    Keep(value + 1);
                }

                private static void Keep([GuestControlled] uint word) => s_word = word;
            """));

    [Fact]
    public void An_extension_has_its_parameter_marked_where_it_is_declared()
        => Fix(
            """
            public static void Run(object device, [GuestControlled] uint value) => device.Keep([|value|]);

                private static void Keep(this object device, uint word) => s_word = word;
            """).VerifyFixes(Source(
            """
            public static void Run(object device, [GuestControlled] uint value) => device.Keep(value);

                private static void Keep(this object device, [GuestControlled] uint word) => s_word = word;
            """));

    [Fact]
    public void In_the_strict_mode_it_is_a_warning_and_a_hint_without()
    {
        AnalyzerTest test = AnalyzerTest.Of<GuestUseAnalyzer>("SLU2023").WithSource(Source(
            "public static void Run([GuestControlled] uint value) => Keep([|value|]); private static void Keep(uint word) => s_word = word;"));
        Diagnostic hint = Assert.Single(test.Verify());
        Assert.Equal(DiagnosticSeverity.Info, hint.Severity);
        Assert.Equal(
            "'value' is controlled by a guest and is handed to 'Trap.Keep(word)', where nothing is known of it any more: mark the parameter [GuestControlled], or bound the value first",
            hint.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(test.WithOption("sluice_strict", "true").Verify()).Severity);
    }

    [Theory]
    [InlineData("public static void Run([GuestControlled] uint value) => Keep(value & 0xF); private static void Keep(uint word) => s_word = word;")]
    [InlineData("public static void Run([GuestControlled] uint value) { if (value < 16) { Keep(value); } } private static void Keep(uint word) => s_word = word;")]
    [InlineData("public static void Run([GuestControlled] uint value) => Keep(value); private static void Keep([GuestControlled] uint word) => s_word = word;")]
    [InlineData("public static void Run([GuestControlled] uint value) => Clean(value); [Sanitizes] private static uint Clean(uint word) => word & 0xF;")]
    [InlineData("public static void Run([GuestControlled] uint value) => System.Math.Abs((int)value);")]
    [InlineData("public static void Run(GuestValue value) => Keep(value); private static void Keep(GuestValue word) => _ = word;")]
    [InlineData("public static void Run([GuestControlled] uint value) => Keep(value == 1); private static void Keep(bool isOn) => _ = isOn;")]
    [InlineData("public static void Run([GuestControlled] uint value) { Keep(value); static void Keep(uint word) => _ = word; }")]
    [InlineData("public static void Run([GuestControlled] uint value) => Note(value); [LogSink] private static void Note(uint word) => s_word = word;")]
    public void A_boundary_at_which_nothing_is_lost_is_right(string members) => AnalyzerTest.Of<GuestUseAnalyzer>("SLU2023").WithSource(Source(members)).Verify();

    [Fact]
    public void No_mark_is_offered_for_a_method_that_is_generated()
        => AnalyzerTest.Of<GuestUseAnalyzer>("SLU2023").WithSource(Source(
            """
            public static void Run([GuestControlled] uint value) => Made.Keep(value);

                [System.CodeDom.Compiler.GeneratedCode("x", "1")]
                private static class Made { public static void Keep(uint word) => s_word = word; }
            """)).Verify();

    private static CodeFixTest Fix(string members) => new(AnalyzerTest.Of<GuestUseAnalyzer>("SLU2023").WithSource(Source(members)), new AnnotateParameterCodeFix());

    private static string Source(string members) => "using Sluice.Registers;\n\npublic static class Trap\n{\n    private static uint s_word;\n\n    public static uint Word => s_word;\n\n    " + members + "\n}\n";
}
