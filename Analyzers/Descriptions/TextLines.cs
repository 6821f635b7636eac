using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Descriptions;

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

    public Location Locate(string path, TextRange range)
    {
        int start = Offset(range.Line, range.Column);
        int end = Math.Max(start, Offset(range.EndLine, range.EndColumn));
        LinePosition from = new(Math.Max(range.Line - 1, 0), Math.Max(range.Column - 1, 0));
        LinePosition to = new(Math.Max(range.EndLine - 1, 0), Math.Max(range.EndColumn - 1, 0));
        return Location.Create(path, TextSpan.FromBounds(start, end), new LinePositionSpan(from, to < from ? from : to));
    }

    private int Offset(int line, int column)
    {
        int start = _starts[Math.Min(Math.Max(line - 1, 0), _starts.Count - 1)];
        return Math.Min(start + Math.Max(column - 1, 0), _length);
    }
}
