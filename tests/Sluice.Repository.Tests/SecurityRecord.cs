using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Repository.Tests;

/// <summary>The page of flaws that others had: what it says to be tested is tested.</summary>
public sealed partial class SecurityRecord
{
    private const string Page = "docs/security.md";

    private static readonly Dictionary<string, string> s_classes = Classes();

    [Fact]
    public void Every_flaw_names_a_test_that_there_is_or_says_why_there_is_none()
    {
        string[] rows = [.. TrackedFiles.Text(Page).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)];
        Assert.InRange(rows.Length, 40, 200);
        List<string> wrong = [];
        foreach (string row in rows)
        {
            string[] cells = row.Split('|');
            bool isReason = cells[2].Trim() == "-";
            Match[] tests = [.. Test().Matches(cells[3]).Cast<Match>()];
            wrong.AddRange(tests.Where(test => !Exists(test)).Select(test => cells[1] + test.Value));
            if (isReason ? cells[3].Trim().Length < 40 : tests.Length == 0)
            {
                wrong.Add(row);
            }
        }

        Assert.Empty(wrong);
    }

    private static bool Exists(Match test)
        => s_classes.TryGetValue(test.Groups["class"].Value, out string? source)
            && (!test.Groups["name"].Success || Regex.IsMatch(source, $@"public void {test.Groups["name"].Value}_"));

    private static Dictionary<string, string> Classes()
    {
        Dictionary<string, string> classes = new(StringComparer.Ordinal);
        foreach (string path in TrackedFiles.All(".cs").Where(path => path.StartsWith("tests/", StringComparison.Ordinal)))
        {
            string source = TrackedFiles.Text(path);
            foreach (Match declared in Declaration().Matches(source).Cast<Match>())
            {
                string name = declared.Groups["class"].Value;
                classes[name] = classes.GetValueOrDefault(name) + source;
            }
        }

        return classes;
    }

    [GeneratedRegex(@"class (?<class>\w+Tests)\b")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<name>\w+?)_…)?`")]
    private static partial Regex Test();
}
