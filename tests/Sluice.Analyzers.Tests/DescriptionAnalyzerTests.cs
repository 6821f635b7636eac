using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Descriptions;
using Sluice.Generators;
using Sluice.Registers.Description;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class DescriptionAnalyzerTests
{
    private const string Clean = """
        <device schemaVersion="1.3" xmlns:trap="urn:sluice:trap" xmlns:xi="http://www.w3.org/2001/XInclude">
          <name>BOARD</name>
          <version>1.0</version>
          <description>A board</description>
          <addressUnitBits>8</addressUnitBits>
          <width>32</width>
          <size>32</size>
          <access>read-write</access>
          <resetValue>0x0</resetValue>
          <peripherals>
            <xi:include href="blocks/timer.xml"/>
          </peripherals>
        </device>
        """;

    private const string Shared = """
        <trap:passthrough register="COUNT" visible="0xFFFFFFFF" writable="0"/>
        </trap:view>
        <trap:view name="other" absent="zeros">
        <trap:passthrough register="COUNT" visible="0xFFFFFFFF" writable="0"/>
        """;

    private static AnalyzerTest Test => AnalyzerTest.Of<DescriptionAnalyzer>("").WithSource("public static class Program;").WithGenerator(new RegisterGenerator().AsSourceGenerator());

    [Fact]
    public void A_clean_description_is_left_alone()
        => Test.WithFile("registers.xml", Clean).WithFile("blocks/timer.xml", Timer()).Verify();

    [Fact]
    public void An_unknown_access_type_is_reported_at_its_text()
    {
        Diagnostic diagnostic = Single(Timer(access: "{|SLU1011:read-wriet|}"));
        Assert.Contains("'read-wriet'", diagnostic.GetMessage(CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
    }

    [Fact]
    public void Line_and_column_are_those_of_the_xml()
    {
        FileLinePositionSpan place = Single(Timer(access: "{|SLU1011:read-wriet|}")).Location.GetLineSpan();
        Assert.Equal("blocks/timer.xml", place.Path);
        Assert.Equal(9, place.StartLinePosition.Line + 1);
        Assert.Equal(15, place.StartLinePosition.Character + 1);
    }

    [Fact]
    public void Lines_are_counted_as_xml_counts_them()
    {
        string text = Timer(access: "{|SLU1011:read-wriet|}").Replace("A timer", "A\u2028timer\u0085", System.StringComparison.Ordinal);
        Assert.Equal(9, Single(text).Location.GetLineSpan().StartLinePosition.Line + 1);
    }

    [Fact]
    public void The_severity_is_the_configurations()
        => Test
            .WithSeverity("SLU1040", ReportDiagnostic.Suppress)
            .WithFile("registers.xml", Clean)
            .WithFile("blocks/timer.xml", Timer(policy: """<trap:emulated register="COUNT"/>"""))
            .Verify();

    /// <summary>Two fields that overlap are an error; in a vendor's file a warning, until the project says what it is.</summary>
    [Theory]
    [InlineData("registers.xml", ReportDiagnostic.Default, DiagnosticSeverity.Error)]
    [InlineData("chip.svd", ReportDiagnostic.Default, DiagnosticSeverity.Warning)]
    [InlineData("chip.svd", ReportDiagnostic.Error, DiagnosticSeverity.Error)]
    [InlineData("chip.svd", ReportDiagnostic.Info, DiagnosticSeverity.Info)]
    public void A_mistake_that_is_repaired_is_as_bad_as_its_file_and_the_project_say(string path, ReportDiagnostic said, DiagnosticSeverity severity)
    {
        const string Chip = """
            <device><name>CHIP</name><peripherals><peripheral><name>TIMER</name><baseAddress>0x1000</baseAddress><registers>
            <register><name>CTRL</name><addressOffset>0</addressOffset><fields><field><name>A</name><bitRange>[3:0]</bitRange></field>
            <field><name>B</name><bitRange>{|SLU1029:[4:3]|}</bitRange></field></fields></register></registers></peripheral></peripherals></device>
            """;
        AnalyzerTest test = said == ReportDiagnostic.Default ? Test : Test.WithSeverity("SLU1029", said);
        Assert.Equal(severity, Assert.Single(test.WithSeverity("SLU1060", ReportDiagnostic.Suppress).WithFile(path, Chip).Verify()).Severity);
    }

    [Fact]
    public void A_writable_field_without_a_sanitizer_is_an_error()
    {
        AnalyzerTest test = Test
            .WithFile("registers.xml", Clean)
            .WithFile("blocks/timer.xml", Timer(policy: """<trap:emulated register="COUNT"/>"""));

        Diagnostic diagnostic = Assert.Single(test.Run());

        Assert.Equal("SLU1040", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal("blocks/timer.xml", diagnostic.Location.GetLineSpan().Path);
    }

    [Fact]
    public void A_rule_without_which_there_is_no_meaning_cannot_be_silenced()
        => Test
            .WithSeverity("SLU1011", ReportDiagnostic.Suppress)
            .WithFile("registers.xml", Clean)
            .WithFile("blocks/timer.xml", Timer(access: "{|SLU1011:read-wriet|}"))
            .Verify();

    [Fact]
    public void The_view_itself_can_suppress_a_rule_with_a_reason()
        => Test
            .WithFile("registers.xml", Clean)
            .WithFile("blocks/timer.xml", Timer(policy: """
                <trap:emulated register="COUNT"/>
                <trap:suppress rule="SLU1040" register="COUNT" reason="The counter stays in the view"/>
                """))
            .Verify();

    [Theory]
    [InlineData("SLU1052", "", DiagnosticSeverity.Info)]
    [InlineData("SLU1053", """<trap:emulated register="COUNT"><trap:guest-address field="VALUE" subject="ram"/></trap:emulated>""", DiagnosticSeverity.Error)]
    [InlineData("SLU1054", Shared, DiagnosticSeverity.Error)]
    [InlineData("SLU1055", """<trap:passthrough register="COUNT" visible="0xFFFF" writable="0"/>""", DiagnosticSeverity.Error)]
    public void A_rule_on_views_has_the_severity_that_the_configuration_says(string id, string policy, DiagnosticSeverity severity)
    {
        string timer = Timer(policy: policy).Replace("<fields>", "<readAction>clear</readAction><fields>", System.StringComparison.Ordinal);
        AnalyzerTest test = Test.WithFile("registers.xml", Clean).WithFile("blocks/timer.xml", timer);
        Assert.Equal(severity, Assert.Single(test.Run(), diagnostic => diagnostic.Id == id).Severity);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(test.WithSeverity(id, ReportDiagnostic.Warn).Run(), diagnostic => diagnostic.Id == id).Severity);
        Assert.DoesNotContain(test.WithSeverity(id, ReportDiagnostic.Suppress).Run(), diagnostic => diagnostic.Id == id);
    }

    [Fact]
    public void Other_files_are_no_descriptions()
        => Test.WithFile("settings.xml", "<settings").WithFile("notes.txt", "<").Verify();

    [Fact]
    public void A_file_can_be_marked_as_a_root()
    {
        Diagnostic diagnostic = Assert.Single(Test.WithFileMetadata("board.xml", "SluiceRoot", "true").WithFile("board.xml", "<board").Run());
        Assert.Equal("SLU1001", diagnostic.Id);
    }

    [Fact]
    public void A_root_can_be_marked_as_none()
        => Test.WithFileMetadata("registers.xml", "SluiceRoot", "false").WithFile("registers.xml", "<board").Verify();

    [Fact]
    public void A_missing_include_is_reported_at_its_href()
    {
        Diagnostic diagnostic = Assert.Single(Test.WithFile("registers.xml", Clean).Run());
        Assert.Equal("SLU1014", diagnostic.Id);
        Assert.Equal(11, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1);
    }

    [Fact]
    public void What_a_block_leaves_unsaid_is_a_note_at_the_block()
    {
        Diagnostic diagnostic = Single(Timer().Replace("<peripheral xmlns:trap=\"urn:sluice:trap\" trap:source=\"the timer's manual\">", "<{|SLU1060:peripheral|} xmlns:trap=\"urn:sluice:trap\">", System.StringComparison.Ordinal));
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal("'TIMER' leaves unsaid: 1 register(s) without source, 1 writable field(s) without write effect", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_is_wrong_in_an_overlay_is_reported_there()
        => Test.WithFile("registers.xml", Clean)
            .WithFile("blocks/timer.xml", Timer())
            .WithFile(
                "timer.overlay.xml",
                """
                <trap:overlay xmlns:trap="urn:sluice:trap" of="registers.xml" source="the manual">
                  <trap:peripheral of="TIMER"><trap:register of="COUNT"><{|SLU1057:access|}>read-write</access></trap:register></trap:peripheral>
                </trap:overlay>
                """)
            .Verify();

    [Fact]
    public void It_reports_the_rules_that_leave_code_and_the_generator_the_others()
        => Assert.Equal(
            ProblemRules.All.Where(rule => !rule.IsFatal).Select(rule => rule.Id),
            new DescriptionAnalyzer().SupportedDiagnostics.Select(rule => rule.Id));

    private static Diagnostic Single(string timer)
        => Assert.Single(Test.WithFile("registers.xml", Clean).WithFile("blocks/timer.xml", timer).Verify());

    private static string Timer(string access = "read-write", string policy = """<trap:emulated register="COUNT" sanitize="mask"/>""") => $"""
        <peripheral xmlns:trap="urn:sluice:trap" trap:source="the timer's manual">
          <name>TIMER</name>
          <description>A timer</description>
          <baseAddress>0x1000</baseAddress>
          <addressBlock><offset>0x0</offset><size>0x4</size><usage>registers</usage></addressBlock>
          <registers>
            <register>
              <name>COUNT</name><description>Counter</description><addressOffset>0x0</addressOffset><size>32</size>
              <access>{access}</access>
              <fields><field><name>VALUE</name><description>What it counts</description><bitRange>[31:0]</bitRange></field></fields>
            </register>
          </registers>
          <trap:view name="guest" absent="zeros">
            {policy}
          </trap:view>
        </peripheral>
        """;
}
