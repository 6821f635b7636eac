using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>Where the lines of a text begin. XML counts CR, LF and CR LF as line ends; editors' other line separators are no line ends here.</summary>
internal sealed class LineIndex
{
    private readonly int[] _starts;
    private readonly int _length;

    public LineIndex(string text)
    {
        List<int> starts = [0];
        for (int offset = 0; offset < text.Length; offset++)
        {
            char character = text[offset];
            if (character == '\n' || (character == '\r' && (offset + 1 == text.Length || text[offset + 1] != '\n')))
            {
                starts.Add(offset + 1);
            }
        }

        _starts = starts.ToArray();
        _length = text.Length;
    }

    /// <summary>The offset of a line and column, both from 1; the nearest there is when the text has no such place.</summary>
    public int Offset(int line, int column)
    {
        int index = Math.Min(Math.Max(line, 1), _starts.Length) - 1;
        return Math.Min(_starts[index] + Math.Max(column, 1) - 1, _length);
    }

    /// <summary>The range between two offsets.</summary>
    public TextRange Range(int start, int end)
    {
        (int line, int column) = Position(start);
        (int endLine, int endColumn) = Position(end);
        return new TextRange(line, column, endLine, endColumn);
    }

    private (int Line, int Column) Position(int offset)
    {
        int index = Array.BinarySearch(_starts, offset);
        index = index < 0 ? ~index - 1 : index;
        return (index + 1, offset - _starts[index] + 1);
    }
}
