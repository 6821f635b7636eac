using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Analyzers.CodeFixes;
using Sluice.Analyzers.Rules;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Analyzers.Tests;

public sealed class RuleTests
{
    public static TheoryData<string> Ids => [.. Rules().Select(rule => rule.Id)];

    internal static string[] CodeIds => [.. Rules().Select(rule => rule.Id).Where(id => id.StartsWith("SLU2", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("SLU1")]
    [InlineData("SLU2")]
    public void Ids_are_unique_and_contiguous(string series)
    {
        string[] ids = [.. Rules().Select(rule => rule.Id).Where(id => id.StartsWith(series, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(ids);
        Assert.Equal(Enumerable.Range(1, ids.Length).Select(number => FormattableString.Invariant($"{series}{number:000}")), ids);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_has_a_page_to_which_its_help_link_leads(string id)
    {
        DiagnosticDescriptor rule = Rule(id);
        string title = rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(RuleHelp.Prefix + id + ".md", rule.HelpLinkUri);
        string[] page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "rules", id + ".md"));
        Assert.Equal("# " + id + ": " + title, page[0]);
        Assert.Contains("## Cause", page);
        Assert.Contains("## Example", page);
        Assert.Contains("## How to fix", page);
        Assert.Contains(page, line => line.StartsWith("## When to suppress", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_is_tracked_with_its_category_and_severity(string id)
    {
        DiagnosticDescriptor rule = Rule(id);
        string[] rows =
        [
            .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "releases"), "AnalyzerReleases.*.md")
                .SelectMany(File.ReadAllLines)
                .Where(line => line.StartsWith(id + " ", StringComparison.Ordinal)),
        ];
        Assert.StartsWith(id + " | " + rule.Category + " | " + rule.DefaultSeverity + " | ", Assert.Single(rows), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_is_named_in_a_test(string id)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Sluice.slnx")))
        {
            root = root.Parent;
        }

        IEnumerable<string> tests = Directory.EnumerateFiles(Path.Combine(root!.FullName, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "RuleTests.cs");
        Assert.Contains(tests, path => File.ReadAllText(path).Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_tracked_that_does_not_exist()
    {
        HashSet<string> ids = [.. Rules().Select(rule => rule.Id)];
        IEnumerable<string> tracked = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "releases"), "AnalyzerReleases.*.md")
            .SelectMany(File.ReadAllLines)
            .Where(line => line.StartsWith("SLU", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0]);
        Assert.All(tracked, id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Every_rule_on_code_is_in_the_index()
    {
        string index = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rules", "README.md"));
        foreach (DiagnosticDescriptor rule in Rules().Where(rule => rule.Id.StartsWith("SLU2", StringComparison.Ordinal)))
        {
            string title = rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);
            string severity = rule.DefaultSeverity == DiagnosticSeverity.Info ? "information" : rule.DefaultSeverity.ToString().ToLowerInvariant();
            string row = "| [" + rule.Id + "](" + rule.Id + ".md) | " + severity + " | " + title + " |";
            Assert.Contains(row, index, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Messages_do_not_end_with_a_full_stop()
        => Assert.All(Rules(), rule => Assert.False(rule.MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture).EndsWith('.')));

    [Fact]
    public void Every_fix_is_for_a_rule_that_exists_and_can_fix_all()
    {
        HashSet<string> ids = [.. Rules().Select(rule => rule.Id)];
        Assert.All(Fixes(), fix =>
        {
            Assert.All(fix.FixableDiagnosticIds, id => Assert.Contains(id, ids));
            Assert.NotNull(fix.GetFixAllProvider());
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_says_whether_there_is_a_fix(string id)
    {
        string[] page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "rules", id + ".md"));
        if (id.StartsWith("SLU2", StringComparison.Ordinal))
        {
            Assert.Equal("| category | default severity | code fix |", page[2]);
            bool isFixed = Fixes().Any(fix => fix.FixableDiagnosticIds.Contains(id));
            Assert.Equal(isFixed, !page[4].EndsWith(" | none |", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<CodeFixProvider> Fixes() => typeof(ModifyCodeFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!);

    private static DiagnosticDescriptor Rule(string id) => Rules().Single(rule => rule.Id == id);

    private static IEnumerable<DiagnosticDescriptor> Rules() => typeof(GuestValueAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
        .SelectMany(analyzer => analyzer.SupportedDiagnostics)
        .Concat(ProblemRules.All.Where(rule => rule.IsFatal).Select(ProblemDiagnostic.Descriptor));
}
