using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace Sluice.Registers.Description;

/// <summary>Where the lines of an XML file begin. The compiler counts more characters as line ends than XML does, so its own table will not do.</summary>
internal sealed class TextLines
{
    private readonly List<int> _starts = [0];
    private readonly int _length;

    public TextLines(string text)
    {
        _length = text.Length;
        for (int index = 0; index < text.Length; index++)
        {
            bool isLast = text[index] == '\n' || (text[index] == '\r' && (index + 1 == text.Length || text[index + 1] != '\n'));
            if (isLast)
            {
                _starts.Add(index + 1);
            }
        }
    }

    /// <summary>The range in characters from the start of the text.</summary>
    public TextSpan Locate(TextRange range)
    {
        int start = Offset(range.Line, range.Column);
        return TextSpan.FromBounds(start, Math.Max(start, Offset(range.EndLine, range.EndColumn)));
    }

    private int Offset(int line, int column)
    {
        int start = _starts[Math.Min(Math.Max(line - 1, 0), _starts.Count - 1)];
        return Math.Min(start + Math.Max(column - 1, 0), _length);
    }
}
