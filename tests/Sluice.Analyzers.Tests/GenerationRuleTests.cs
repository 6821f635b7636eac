using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Generators;
using Sluice.Testing.Compilation;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

/// <summary>What holds for every rule that the generator has about its own work: the same five tests as for the others.</summary>
public sealed class GenerationRuleTests
{
    private const string Timer = """
        <peripheral xmlns:trap="urn:sluice:trap">
          <name>TIMER</name>
          <baseAddress>0x1000</baseAddress>
          <registers>
            <register><name>COUNT</name><addressOffset>0x0</addressOffset><access>read-only</access></register>
          </registers>
          <trap:view name="guest" absent="zeros"><trap:constant register="COUNT" value="0x5"/></trap:view>
        </peripheral>
        """;

    private static readonly ImmutableDictionary<string, (string Flawed, string Sound, string? Blocks)> s_examples = new Dictionary<string, (string, string, string?)>
    {
        ["SLU3001"] = (Timer, Timer[..Timer.IndexOf("  <trap:view", System.StringComparison.Ordinal)] + "</peripheral>", null),
        ["SLU3002"] = (Timer, Timer, "Tmier"),
        ["SLU3003"] = (Hooked(1024), Hooked(100), null),
    }.ToImmutableDictionary();

    public static TheoryData<string> Ids => [.. s_examples.Keys.Order(System.StringComparer.Ordinal)];

    [Fact]
    public void Every_rule_of_the_generator_has_an_example()
    {
        IEnumerable<string> rules = typeof(RegisterGenerator).Assembly.GetType("Sluice.Generators.Pipeline.GenerationRules")!.GetFields()
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .Select(rule => rule.Id);
        Assert.Equal(rules.Order(System.StringComparer.Ordinal), s_examples.Keys.Order(System.StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_reports_what_is_flawed(string id) => Assert.NotEmpty(Found(id, isFlawed: true));

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_leaves_alone_what_is_sound(string id) => Assert.Empty(Found(id, isFlawed: false));

    /// <summary>It is about no place in the code, so that a pragma does not reach it; the project can leave it out.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void A_project_silences_it_and_a_pragma_does_not(string id)
    {
        Assert.NotEmpty(Found(id, isFlawed: true, source: "#pragma warning disable " + id + " // In vain.\npublic static class Program;\n"));
        Assert.Empty(Found(id, isFlawed: true, options: new(OutputKind.DynamicallyLinkedLibrary, specificDiagnosticOptions: [new(id, ReportDiagnostic.Suppress)])));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_reports_nothing_in_the_code_that_is_generated(string id)
        => Assert.All(Found(id, isFlawed: true), diagnostic => Assert.Null(diagnostic.Location.SourceTree));

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_is_off_when_the_configuration_says_none(string id) => Assert.Empty(Found(id, isFlawed: true, isConfigured: true));

    private static IEnumerable<Diagnostic> Found(
        string id, bool isFlawed, string source = "public static class Program;\n", CSharpCompilationOptions? options = null, bool isConfigured = false)
    {
        (string flawed, string sound, string? blocks) = s_examples[id];
        AnalyzerTest test = AnalyzerTest.Of<Descriptions.DescriptionAnalyzer>("").WithSource(source);
        test = isConfigured ? test.WithSeverity(id, ReportDiagnostic.Suppress) : test;
        CSharpCompilation compilation = test.Compile();
        if (options is not null)
        {
            compilation = compilation.WithOptions(options);
        }

        MemoryOptions properties = new(
            blocks is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add("build_property.SluiceBlocks", isFlawed ? blocks : "Timer"),
            ImmutableDictionary<(string, string), string>.Empty);
        ImmutableArray<AdditionalText> files = [new MemoryText("registers.xml", isFlawed ? flawed : sound)];
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new RegisterGenerator().AsSourceGenerator()], files, TestCompilation.ParseOptions, properties);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out ImmutableArray<Diagnostic> diagnostics);
        return diagnostics.Where(diagnostic => diagnostic.Id == id);
    }

    /// <summary>A block with so many registers that need a hook each, of as many shapes.</summary>
    private static string Hooked(int count) => """
        <peripheral xmlns:trap="urn:sluice:trap">
          <name>BIG</name>
          <baseAddress>0x1000</baseAddress>
          <addressBlock><offset>0</offset><size>0x1000</size><usage>registers</usage></addressBlock>
          <registers>

        """
        + string.Concat(Enumerable.Range(0, count).Select(index => System.FormattableString.Invariant($"<register><name>R{index}</name><addressOffset>{index * 4}</addressOffset></register>\n")))
        + "</registers>\n<trap:view name=\"guest\" absent=\"zeros\">\n"
        + string.Concat(Enumerable.Range(0, count).Select(index => System.FormattableString.Invariant($"<trap:hooked register=\"R{index}\" sanitize=\"mask\"/>\n")))
        + "</trap:view>\n</peripheral>\n";
}
