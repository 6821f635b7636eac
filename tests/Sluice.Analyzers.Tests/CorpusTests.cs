using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sluice.Analyzers.Rules;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Analyzers.Tests;

public sealed class CorpusTests(ITestOutputHelper output)
{
    public static TheoryData<string> Files => [.. CorpusFile.Names()];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_analyzer_does_what_the_marks_say(string name)
    {
        IReadOnlyList<CorpusCase> cases = CorpusFile.Load(name, RuleIds.GuestValueReachesHardware).Run(new GuestValueAnalyzer(), RuleIds.GuestValueReachesHardware);
        Assert.NotEmpty(cases);
        string[] surprises = [.. cases.SelectMany(item => item.Surprises)];
        Assert.True(surprises.Length == 0, string.Join("\n", surprises));
    }

    [Fact]
    public void The_page_lists_every_miss_and_every_false_alarm()
    {
        List<CorpusCase> cases = [];
        foreach (string name in CorpusFile.Names())
        {
            cases.AddRange(CorpusFile.Load(name, RuleIds.GuestValueReachesHardware).Run(new GuestValueAnalyzer(), RuleIds.GuestValueReachesHardware));
        }

        int flaws = cases.Count(item => item.HasFlaw);
        string[] misses = [.. cases.Where(item => item.IsMissed).Select(item => item.Name).Order(StringComparer.Ordinal)];
        string[] falseAlarms = [.. cases.Where(item => item.IsFalseAlarm).Select(item => item.Name).Order(StringComparer.Ordinal)];
        string score = FormattableString.Invariant(
            $"{cases.Count} cases: {flaws - misses.Length} of {flaws} flaws found, {falseAlarms.Length} false alarms in {cases.Count - flaws} sound cases");
        output.WriteLine(score);
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rules", "SLU2001.md"));
        Assert.Contains(score, page, StringComparison.Ordinal);
        Assert.All(misses.Concat(falseAlarms), name => Assert.Contains("`" + name + "`", page, StringComparison.Ordinal));
        Assert.True(misses.Length * 20 <= flaws, "More than one flaw in twenty is missed.");
    }
}
