using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class DocumentationTests
{
    private static readonly SourceFile Uart = new(
        "blocks/uart.xml",
        "<peripheral><name>UART</name><baseAddress>0x1000</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset></register></registers></peripheral>");

    private static readonly SourceFile Chip = new("chip.svd", Overlaid.Chip);

    public static TheoryData<string> RuleIds => new(ProblemRules.All.Select(rule => rule.Id));

    [Fact]
    public void Rules_are_numbered_without_gaps()
        => Assert.Equal(
            Enumerable.Range(1001, ProblemRules.All.Count).Select(number => "SLU" + number),
            ProblemRules.All.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Each_rule_has_a_page_with_its_title_category_and_severity(string id)
    {
        ProblemRule rule = ProblemRules.Find(id)!;
        string page = Repository.Read("docs", "rules", id + ".md");
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        string severity = rule.DefaultSeverity switch { ProblemSeverity.Error => "error", ProblemSeverity.Warning => "warning", _ => "information" };
        Assert.Contains($"\n| {rule.Category} | {severity} | {(rule.IsFatal ? "no" : "yes")} |\n", page, StringComparison.Ordinal);
        Assert.EndsWith("docs/rules/" + id + ".md", rule.HelpLink, StringComparison.Ordinal);
        Assert.All(["Cause", "Example", "How to fix", "When to suppress"], heading => Assert.Contains("\n## " + heading + "\n", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void The_page_of_a_rule_shows_what_violates_it_and_what_does_not(string id)
    {
        List<string> examples = Repository.CodeBlocks(Repository.Read("docs", "rules", id + ".md"), "xml");
        Assert.Equal(2, examples.Count);
        DescriptionResult wrong = Read(examples[0]);
        Assert.Contains(id, wrong.Problems.Concat(wrong.Notes).Select(problem => problem.Rule.Id));
        DescriptionResult right = Read(examples[1]);
        Assert.Empty(right.Problems);
        Assert.DoesNotContain(id, right.Notes.Select(problem => problem.Rule.Id));
    }

    /// <summary>The suppression is put where it may stand: into the block, the device, the view or the overlay; in one of these it must have its effect.</summary>
    [Theory]
    [MemberData(nameof(RuleIds))]
    public void What_the_page_of_a_rule_shows_as_wrong_can_be_suppressed_with_a_reason_or_not_at_all(string id)
    {
        ProblemRule rule = ProblemRules.Find(id)!;
        string wrong = Repository.CodeBlocks(Repository.Read("docs", "rules", id + ".md"), "xml")[0];
        string suppression = $"<trap:suppress xmlns:trap=\"urn:sluice:trap\" rule=\"{id}\" reason=\"the page says so\"/>";
        List<string> silenced = [];
        foreach (string end in (string[])["</peripheral>", "</device>", "</trap:view>", "</trap:overlay>"])
        {
            int place = wrong.LastIndexOf(end, StringComparison.Ordinal);
            DescriptionResult? result = place < 0 ? null : Read(wrong.Insert(place, suppression));
            if (result is not null && !result.Problems.Concat(result.Notes).Any(problem => problem.Rule == rule))
            {
                Assert.True(id == "SLU1060" || result.Suppressed.Any(suppressed => suppressed.Problem.Rule == rule && suppressed.Reason == "the page says so"), end);
                silenced.Add(end);
            }
        }

        bool canBe = !rule.IsFatal && id is not ("SLU1047" or "SLU1057" or "SLU1058" or "SLU1059" or "SLU1076");
        Assert.True(canBe == (silenced.Count != 0), string.Join(", ", silenced));
    }

    [Fact]
    public void The_list_of_rules_has_each_with_its_title()
    {
        string list = Repository.Read("docs", "rules", "README.md");
        Assert.All(ProblemRules.All, rule => Assert.Matches($@"(?m)^\| \[{rule.Id}\]\({rule.Id}\.md\) \| \w+ \| {Regex.Escape(rule.Title)} \|$", list));
    }

    // An overlay is shown alone; what it is of is the same everywhere.
    private static DescriptionResult Read(string example)
        => example.StartsWith("<trap:overlay", StringComparison.Ordinal)
            ? DescriptionReader.Read(Chip, [new SourceFile("chip.overlay.xml", example)])
            : example.StartsWith("<!-- chip.svd -->", StringComparison.Ordinal)
                ? DescriptionReader.Read(new SourceFile("chip.svd", example), [])
                : Description.Read(example, Uart);

    [Fact]
    public void There_is_no_page_without_a_rule()
        => Assert.Empty(Directory.GetFiles(Path.Combine(Repository.Root, "docs", "rules"), "SLU1*.md")
            .Select(Path.GetFileNameWithoutExtension)
            .Except(ProblemRules.All.Select(rule => rule.Id)));

    [Fact]
    public void The_examples_of_the_language_have_no_problem()
    {
        List<string> examples = Repository.CodeBlocks(Repository.Read("docs", "language.md"), "xml");
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            DescriptionResult result = Read(example);
            Assert.Equal([], result.Problems.Select(problem => problem.ToString()));
            Assert.NotEmpty(result.Model!.Blocks);
        });
    }

    [Fact]
    public void Every_element_of_svd_that_the_reader_knows_is_documented()
    {
        string page = Repository.Read("docs", "language.md");
        IEnumerable<string> names = GrammarIndex.Elements.Where(element => !element.IsTrap).Select(element => element.Name);
        Assert.Equal([], names.Distinct().Where(name => !page.Contains("`" + name + "`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_element_and_attribute_of_the_trap_namespace_is_explained_and_shown()
    {
        string page = Repository.Read("docs", "language.md");
        string examples = string.Concat(Repository.CodeBlocks(page, "xml"));
        IEnumerable<string> elements = GrammarIndex.Elements.Where(element => element.IsTrap).Select(element => element.Name);
        Assert.Equal([], elements.Where(name => !Regex.IsMatch(examples, "<" + name + "[ >]")));
        Assert.Equal([], elements.Where(name => !Regex.IsMatch(page, $@"(?m)^##.*\b{Regex.Escape(name)}\b")));

        IEnumerable<string> attributes = GrammarIndex.Elements
            .SelectMany(element => element.Attributes.Where(attribute => element.IsTrap || attribute.IsTrap))
            .Select(attribute => attribute.Name)
            .Distinct();
        Assert.Equal([], attributes.Where(name => !examples.Contains(" " + name + "=\"", StringComparison.Ordinal)));
        Assert.Equal([], attributes.Where(name => !page.Contains("`" + name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_rule_is_tested()
    {
        string folder = Path.Combine(Repository.Root, "tests", "Sluice.Registers.Description.Tests");
        string tests = string.Concat(Directory.GetFiles(folder, "*RuleTests.cs").Select(File.ReadAllText));
        Assert.Equal([], ProblemRules.All.Select(rule => rule.Id).Where(id => !tests.Contains(id, StringComparison.Ordinal)));
    }
}
