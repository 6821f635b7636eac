using System.Globalization;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class ReadModifyWriteAnalyzerTests
{
    [Fact]
    public void Writing_back_what_was_read_is_reported()
        => Test("block.Status.Write([|block.Status.Read() with { Level = 3 }|]);").Verify();

    [Fact]
    public void The_message_names_the_register_and_the_bits()
    {
        Diagnostic diagnostic = Assert.Single(Test("block.Status.Write([|block.Status.Read() with { Level = 3 }|]);").Verify());
        Assert.Equal(
            "The bits 0x3 of 'Status' act when they are written, and are written back as they were read: use Modify, or set them on purpose",
            diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void It_is_followed_through_locals_and_branches()
        => Test("""
            Status status = block.Status.Read();
            if (status.Level < 3)
            {
                status = status with { Level = 3 };
            }

            block.Status.Write([|status|]);
            """).Verify();

    [Fact]
    public void It_is_followed_through_the_bits()
        => Test("block.Status.Write([|new Status(block.Status.Read().Value | 0x10)|]);").Verify();

    [Theory]
    [InlineData("bus.Write32(new RegisterAddress(start + Timer.Offsets.Status), [|bus.Read32(new RegisterAddress(start + Timer.Offsets.Status)) | 0x10|]);")]
    [InlineData("uint status = bus.Read32(new RegisterAddress(start + Timer.Offsets.Status)); status |= 0x10; bus.Write32(new RegisterAddress(start + Timer.Offsets.Status), [|status|]);")]
    [InlineData("uint status = bus.Read32(new RegisterAddress(start + Timer.Offsets.Status)); bus.Write32(new RegisterAddress(start + Timer.Offsets.Status), status & ~0x3u);")]
    [InlineData("uint level = bus.Read32(new RegisterAddress(start + Timer.Offsets.Control)); bus.Write32(new RegisterAddress(start + Timer.Offsets.Control), level | 1);")]
    [InlineData("uint status = bus.Read32(new RegisterAddress(start + Timer.Offsets.Status)); bus.Write32(new RegisterAddress(start + Timer.Offsets.Control), status);")]
    public void It_is_followed_through_a_bus_where_the_register_is_named(string statement)
        => AnalyzerTest.Of<ReadModifyWriteAnalyzer>("SLU2002").WithSource(RuleExamples.Raw(statement)).Verify();

    [Fact]
    public void Modify_is_right() => Test("block.Status.Modify(block.Status.Read() with { Level = 3 });").Verify();

    [Fact]
    public void A_value_of_ones_own_is_right() => Test("block.Status.Write(default(Status) with { Done = true });").Verify();

    [Fact]
    public void Bits_that_are_all_set_on_purpose_are_right()
        => Test("block.Status.Write(block.Status.Read() with { Done = true, Failed = false });").Verify();

    [Fact]
    public void Bits_that_are_masked_away_are_right()
        => Test("block.Status.Write(new Status(block.Status.Read().Value & ~0x3u));").Verify();

    [Fact]
    public void One_bit_masked_away_is_not_enough()
        => Test("block.Status.Write([|new Status(block.Status.Read().Value & ~0x1u)|]);").Verify();

    [Fact]
    public void A_register_without_such_bits_is_right() => Test("block.Control.Write(block.Control.Read() with { Level = 3 });").Verify();

    [Fact]
    public void A_part_of_one_register_in_another_is_right()
        => Test("block.Control.Write(default(Control) with { Level = block.Status.Read().Level });").Verify();

    [Theory]
    [InlineData("timer.Events.Write([|timer.Events.Read()|] with { Level = 3 });")]
    [InlineData("timer.Events.Modify([|timer.Events.Read()|] with { Level = 3 });")]
    public void What_a_read_clears_must_not_be_lost_in_the_write(string statement)
        => AnalyzerTest.Of<ReadModifyWriteAnalyzer>("SLU2002").WithSource(RuleExamples.Raw(statement)).Verify();

    [Fact]
    public void What_a_read_clears_and_is_kept_is_right()
        => AnalyzerTest.Of<ReadModifyWriteAnalyzer>("SLU2002")
            .WithSource(RuleExamples.Raw("Timer.Events events = timer.Events.Read(); timer.Events.Write(events with { Level = 3 });"))
            .Verify();

    [Fact]
    public void It_is_silenced_by_a_pragma()
        => Test("""
            #pragma warning disable SLU2002 // All that is pending is meant.
            block.Status.Write(block.Status.Read());
            #pragma warning restore SLU2002
            """).Verify();

    [Fact]
    public void It_is_off_when_the_configuration_says_none()
        => Test("block.Status.Write(block.Status.Read());").WithSeverity("SLU2002", ReportDiagnostic.Suppress).Verify();

    [Fact]
    public void It_does_not_look_into_generated_code()
        => AnalyzerTest.Of<ReadModifyWriteAnalyzer>("SLU2002").WithSource(Source("block.Status.Write(block.Status.Read());"), "Code.g.cs").Verify();

    [Fact]
    public void The_fix_writes_with_modify()
        => new CodeFixTest(
            Test("""
                block.Status.Write([|block.Status.Read() with { Level = 3 }|]);
                Status status = block.Status.Read();
                block.Status.Write(/* as it was */ [|status|]);
                """),
            new ModifyCodeFix()).VerifyFixes(Source("""
                block.Status.Modify(block.Status.Read() with { Level = 3 });
                Status status = block.Status.Read();
                block.Status.Modify(/* as it was */ status);
                """));

    [Fact]
    public void The_fix_is_not_offered_where_it_would_drop_a_bit_that_is_set_on_purpose()
        => new CodeFixTest(Test("block.Status.Write([|block.Status.Read() with { Done = true }|]);"), new ModifyCodeFix()).VerifyNotOffered();

    private static AnalyzerTest Test(string body) => AnalyzerTest.Of<ReadModifyWriteAnalyzer>("SLU2002").WithSource(Source(body));

    private static string Source(string body) => DriverSources.Status + """
        public static class Driver
        {
            public static void Run(Block<MmioBus> block)
            {
        """ + "\n" + body + "\n" + """
            }
        }
        """;
}
