using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Analyzers.Tests;

public sealed partial class CorpusTests(ITestOutputHelper output)
{
    /// <summary>What the corpus must have a case of where something is wrong, and one where nothing is.</summary>
    private static readonly string[] s_shapes =
    [
        "sink: hardware write", "sink: DMA address", "sink: DMA length", "sink: array index", "sink: span index", "sink: table index", "sink: loop bound",
        "sink: allocation size", "sink: shift count", "sink: enum cast", "sink: log format",
        "source: trap argument", "source: guest memory", "source: readback from a device", "source: field that holds a guest's value", "source: call without annotation",
        "sanitizer: unsigned bound", "sanitizer: signed bound", "sanitizer: pattern", "sanitizer: switch", "sanitizer: minimum", "sanitizer: mask",
        "sanitizer: declared method", "sanitizer: defined enum value",
        "taint again: base and length", "taint again: second read", "taint again: copy and original",
        "flow: loop", "flow: switch", "flow: pattern", "flow: ref and out", "flow: field", "flow: lambda", "flow: local function", "flow: try and finally",
        "flow: goto", "flow: tuple and record", "flow: conditional and coalescing", "flow: members that a type declares", "flow: span",
    ];

    private static readonly Lazy<List<CorpusCase>> s_cases = new(() => CorpusFile.RunAll(isStrict: false));
    private static readonly Lazy<List<CorpusCase>> s_strict = new(() => CorpusFile.RunAll(isStrict: true));

    private static string Page => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rules", "corpus.md"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_analyzers_do_what_the_marks_say(bool isStrict)
    {
        string[] surprises = [.. Cases(isStrict).SelectMany(item => item.Surprises)];
        Assert.True(surprises.Length == 0, string.Join("\n", surprises));
    }

    [Fact]
    public void Names_of_cases_are_unique_enough_to_be_listed()
        => Assert.DoesNotContain(s_cases.Value.GroupBy(item => item.Name), group => group.Select(item => item.IsMissed || item.IsFalseAlarm).Distinct().Count() > 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_score_on_the_page_is_what_it_is(bool isStrict)
    {
        List<CorpusCase> cases = Cases(isStrict);
        int flaws = cases.Count(item => item.HasFlaw);
        int misses = cases.Count(item => item.IsMissed);
        int falseAlarms = cases.Count(item => item.IsFalseAlarm);
        string score = FormattableString.Invariant(
            $"{cases.Count} cases: {flaws - misses} of {flaws} flaws found, {falseAlarms} false alarms in {cases.Count - flaws} sound cases");
        output.WriteLine(score);
        Assert.Contains((isStrict ? "| strict | " : "| default | ") + score + " |", Page, StringComparison.Ordinal);
        Assert.True(cases.Count >= 200);
        Assert.True(misses * 20 <= flaws, "More than one flaw in twenty is missed.");
        Assert.Equal(0, falseAlarms);
    }

    [Fact]
    public void The_page_lists_every_miss_and_every_false_alarm_and_no_other()
    {
        string section = Section("Misses and false alarms");
        string[] listed = [.. Name().Matches(section).Select(match => match.Groups["name"].Value)];
        Assert.Equal(
            s_cases.Value.Where(item => item.IsMissed || item.IsFalseAlarm).Select(item => item.Name).Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_shape_has_a_case_with_a_flaw_and_one_without()
    {
        Dictionary<string, CorpusCase[]> cases = s_cases.Value.Concat(s_strict.Value).GroupBy(item => item.Name).ToDictionary(group => group.Key, group => group.ToArray());
        string[] rows = [.. Section("What is in it").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('`', StringComparison.Ordinal))];
        Assert.Equal(s_shapes, rows.Select(row => row.Split('|')[1].Trim()));
        foreach (string row in rows)
        {
            string[] cells = row.Split('|');
            string[] flawed = [.. Name().Matches(cells[2]).Select(match => match.Groups["name"].Value)];
            string[] sound = [.. Name().Matches(cells[3]).Select(match => match.Groups["name"].Value)];
            Assert.True(flawed.Length > 0 && sound.Length > 0, row);
            Assert.All(flawed, name => Assert.Contains(cases[name], item => item.HasFlaw));
            Assert.All(sound, name => Assert.Contains(cases[name], item => !item.HasFlaw));
        }
    }

    private static List<CorpusCase> Cases(bool isStrict) => isStrict ? s_strict.Value : s_cases.Value;

    private static string Section(string heading)
    {
        string page = Page;
        int start = page.IndexOf("\n## " + heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        int end = page.IndexOf("\n## ", start + 4, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
    }

    [GeneratedRegex("`(?<name>[A-Za-z]+\\.[A-Za-z_0-9]+)`")]
    private static partial Regex Name();
}
