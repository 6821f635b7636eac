using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Sluice.Testing.Diagnostics;

/// <summary>A line of a text with carets under a span: what a failing test shows.</summary>
public static class CaretExcerpt
{
    /// <summary>The excerpt, with path, line and column before it.</summary>
    public static string Of(string path, string text, TextSpan span)
    {
        SourceText source = SourceText.From(text);
        TextSpan inside = TextSpan.FromBounds(Math.Min(span.Start, text.Length), Math.Min(span.End, text.Length));
        LinePosition start = source.Lines.GetLinePosition(inside.Start);
        TextLine line = source.Lines[start.Line];
        int length = Math.Max(1, Math.Min(inside.End, line.End) - inside.Start);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{path}({start.Line + 1},{start.Character + 1}):\n    {line}\n    {new string(' ', start.Character)}{new string('^', length)}");
    }
}
