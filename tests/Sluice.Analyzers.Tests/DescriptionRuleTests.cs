using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Sluice.Analyzers.Descriptions;
using Sluice.Generators;
using Sluice.Registers.Description;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

/// <summary>
/// What holds for every rule on descriptions, as the compiler shows it: the same five tests as for the rules on code, on the two examples of the rule's
/// page. What leaves no meaning is reported by the generator and can be neither silenced nor made milder.
/// </summary>
public sealed partial class DescriptionRuleTests
{
    private const string Chip = """
        <device schemaVersion="1.3">
          <name>CHIP</name>
          <peripherals>
            <peripheral>
              <name>UART</name>
              <baseAddress>0x1000</baseAddress>
              <registers>
                <register>
                  <name>CTRL</name>
                  <addressOffset>0x0</addressOffset>
                  <fields>
                    <field><name>EN</name><bitRange>[0:0]</bitRange></field>
                    <field><name>MODE</name><bitOffset>1</bitOffset><bitWidth>1</bitWidth></field>
                  </fields>
                </register>
                <register>
                  <name>STATUS</name>
                  <addressOffset>0x4</addressOffset>
                  <fields>
                    <field><name>OVERRUN</name><bitRange>[3:3]</bitRange><access>read-write</access></field>
                  </fields>
                </register>
              </registers>
            </peripheral>
          </peripherals>
        </device>
        """;

    private const string Uart =
        "<peripheral><name>UART</name><baseAddress>0x1000</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset></register></registers></peripheral>";

    public static TheoryData<string> Ids => [.. ProblemRules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_reports_what_is_flawed(string id)
    {
        Diagnostic[] found = [.. Found(id, Example(id, 0))];
        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.NotEqual("", diagnostic.Location.GetLineSpan().Path));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_leaves_alone_what_is_sound(string id) => Assert.Empty(Found(id, Example(id, 1)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_description_can_suppress_it_with_a_reason_if_its_page_says_so(string id)
    {
        string example = Suppressed(id, Example(id, 0));
        bool isReached = !Rule(id).IsFatal && !Page(id).Contains("`trap:suppress` does not reach it", StringComparison.Ordinal);
        Assert.Equal(isReached, !Found(id, example).Any());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_attribute_of_the_assembly_suppresses_it_unless_there_is_no_meaning_without_it(string id)
    {
        string source = "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Sluice\", \"" + id + "\", Justification = \"The test says so.\")]\npublic static class Program;\n";
        Assert.Equal(Rule(id).IsFatal, Found(id, Example(id, 0), source: source).Any());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_pragma_in_the_code_does_not_reach_it(string id)
        => Assert.NotEmpty(Found(id, Example(id, 0), source: "#pragma warning disable " + id + " // In vain.\npublic static class Program;\n"));

    /// <summary>Of generated code nothing is said: the flaw is in the XML, and is reported there alone.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void It_reports_nothing_in_the_code_that_is_generated(string id)
        => Assert.All(Found(id, Example(id, 0)), diagnostic => Assert.Null(diagnostic.Location.SourceTree));

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_is_off_when_the_configuration_says_none_unless_there_is_no_meaning_without_it(string id)
        => Assert.Equal(Rule(id).IsFatal, Found(id, Example(id, 0), severity: ReportDiagnostic.Suppress).Any());

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_has_the_severity_of_the_configuration_unless_there_is_no_meaning_without_it(string id)
    {
        ReportDiagnostic other = Rule(id).DefaultSeverity == ProblemSeverity.Error ? ReportDiagnostic.Warn : ReportDiagnostic.Error;
        DiagnosticSeverity expected = Rule(id).IsFatal || other == ReportDiagnostic.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        Assert.All(Found(id, Example(id, 0), severity: other), diagnostic => Assert.Equal(expected, diagnostic.Severity));
    }

    private static ProblemRule Rule(string id) => ProblemRules.Find(id)!;

    private static string Page(string id) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rules", id + ".md"));

    private static string Example(string id, int index) => CodeBlock().Matches(Page(id))[index].Groups["code"].Value;

    private static IEnumerable<Diagnostic> Found(string id, string example, string source = "public static class Program;\n", ReportDiagnostic severity = ReportDiagnostic.Default)
    {
        AnalyzerTest test = AnalyzerTest.Of<DescriptionAnalyzer>("").WithSource(source).WithGenerator(new RegisterGenerator().AsSourceGenerator());
        test = example.StartsWith("<!-- chip.svd -->", StringComparison.Ordinal) ? test.WithFile("chip.svd", example)
            : example.StartsWith("<trap:overlay", StringComparison.Ordinal) ? test.WithFile("chip.svd", Chip).WithFile("chip.overlay.xml", example)
            : test.WithFile("registers.xml", example).WithFile("blocks/uart.xml", Uart);
        test = severity == ReportDiagnostic.Default ? test : test.WithSeverity(id, severity);
        return test.Run().Where(diagnostic => diagnostic.Id == id);
    }

    /// <summary>The example with a suppression at its end, which is where it may stand in every root.</summary>
    private static string Suppressed(string id, string example)
    {
        int end = example.LastIndexOf("</", StringComparison.Ordinal);
        Match root = Root().Match(example);
        if (end < 0 || !root.Success)
        {
            return example;
        }

        string suppressed = example.Insert(end, "  <trap:suppress rule=\"" + id + "\" reason=\"The test says so\"/>\n");
        return suppressed.Contains("xmlns:trap", StringComparison.Ordinal) ? suppressed : suppressed.Insert(root.Index + root.Length, " xmlns:trap=\"urn:sluice:trap\"");
    }

    [GeneratedRegex("```xml\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("<[A-Za-z:]+")]
    private static partial Regex Root();
}
