using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Sluice.Testing.Snapshots;

/// <summary>A short line-by-line difference.</summary>
public static class TextDiff
{
    private const int MaximumLines = 60;

    /// <summary>The lines that differ, with their numbers.</summary>
    public static string Of(string expected, string actual)
    {
        DiffPaneModel diff = new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, actual);
        List<string> lines = [];
        int number = 0;
        foreach (DiffPiece piece in diff.Lines)
        {
            number = piece.Position ?? number;
            if (piece.Type is ChangeType.Inserted or ChangeType.Deleted)
            {
                lines.Add(string.Format(CultureInfo.InvariantCulture, "{0,5} {1} {2}", number, piece.Type == ChangeType.Inserted ? '+' : '-', piece.Text));
            }
        }

        string tail = lines.Count > MaximumLines ? $"\n... and {lines.Count - MaximumLines} more lines" : "";
        return string.Join("\n", lines.Take(MaximumLines)) + tail;
    }
}
