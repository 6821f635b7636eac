using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace Sluice.Registers.Description.Tests;

/// <summary>
/// A description whose expected problems are marked in it: <c>{|SLU1010:0xZZ|}</c> means that rule SLU1010 is reported from before the first to behind the
/// last character between the marks. What is reported must be exactly what is marked; information need not be marked, but when it is, it must be there.
/// </summary>
internal static class Marked
{
    /// <summary>Reads a marked description and compares.</summary>
    public static DescriptionResult Check(string marked, params (string Path, string Marked)[] others) => CheckAs("registers.xml", marked, others);

    /// <summary>The same, for a root of another name.</summary>
    public static DescriptionResult CheckAs(string rootPath, string marked, params (string Path, string Marked)[] others)
    {
        List<string> expected = [];
        SourceFile root = new(rootPath, Strip(rootPath, marked, expected));
        List<SourceFile> files = [];
        foreach ((string path, string text) in others)
        {
            files.Add(new SourceFile(path, Strip(path, text, expected)));
        }

        DescriptionResult result = DescriptionReader.Read(root, files);
        IEnumerable<string> actual = result.Problems
            .Select(problem => (problem.Rule, Place: Show(problem.Rule.Id, problem.Path, problem.Range)))
            .Where(problem => problem.Rule.DefaultSeverity != ProblemSeverity.Information || expected.Contains(problem.Place))
            .Select(problem => problem.Place);
        expected.Sort(StringComparer.Ordinal);
        Assert.True(
            expected.SequenceEqual(actual.Order(StringComparer.Ordinal)),
            "expected\n" + string.Join("\n", expected) + "\nbut was\n" + string.Join("\n", result.Problems.Select(problem => problem + " -" + problem.Range)));
        return result;
    }

    /// <summary>Reads a marked description with one problem and gives its message.</summary>
    public static string MessageOf(string marked, params (string Path, string Marked)[] others)
    {
        EquatableArray<Problem> problems = Check(marked, others).Problems;
        return Assert.Single(problems, problem => problems.Count == 1 || problem.Rule.DefaultSeverity != ProblemSeverity.Information).Message;
    }

    private static string Show(string id, string path, TextRange range)
        => FormattableString.Invariant($"{path}({range.Line},{range.Column},{range.EndLine},{range.EndColumn}) {id}");

    private static string Strip(string path, string marked, List<string> expected)
    {
        StringBuilder text = new();
        Stack<(string Id, int Line, int Column)> open = new();
        int line = 1;
        int column = 1;
        for (int index = 0; index < marked.Length; index++)
        {
            if (string.CompareOrdinal(marked, index, "{|SLU", 0, 5) == 0)
            {
                int colon = marked.IndexOf(':', index);
                open.Push((marked[(index + 2)..colon], line, column));
                index = colon;
            }
            else if (open.Count > 0 && string.CompareOrdinal(marked, index, "|}", 0, 2) == 0)
            {
                (string id, int startLine, int startColumn) = open.Pop();
                expected.Add(Show(id, path, new TextRange(startLine, startColumn, line, column)));
                index++;
            }
            else
            {
                text.Append(marked[index]);
                bool isLineEnd = marked[index] == '\n' || (marked[index] == '\r' && (index + 1 == marked.Length || marked[index + 1] != '\n'));
                line += isLineEnd ? 1 : 0;
                column = isLineEnd ? 1 : column + 1;
            }
        }

        Assert.Empty(open);
        return text.ToString();
    }
}
