using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Analyzers.Tests.RecordedBugs;

public sealed partial class RecordedPageTests
{
    [Fact]
    public void The_page_lists_every_recorded_bug_and_no_other()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rules", "recorded.md"));
        string[] tests =
        [
            .. new[] { typeof(RecordedBugTests), typeof(RecordedDescriptionBugTests), typeof(RecordedStepBugTests) }
                .SelectMany(type => type.GetMethods())
                .Where(method => method.IsDefined(typeof(FactAttribute), inherit: false))
                .Select(method => method.Name),
        ];
        Assert.True(tests.Length >= 25);
        Assert.Equal(tests.Order(StringComparer.Ordinal), Row().Matches(page).Select(row => row.Groups["name"].Value.Replace(' ', '_')).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(?m)^\| (?<name>[A-Z][A-Za-z0-9_ ]+) \| (\[SLU\d{4}\]\(SLU\d{4}\.md\)|the compiler, `CS\d{4}`) \|$")]
    private static partial Regex Row();
}
