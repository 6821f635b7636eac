using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Sluice.Testing.Diagnostics;

/// <summary>
/// A text with marks where diagnostics are expected: <c>[|span|]</c> for the rule under test, <c>{|SLU2001:span|}</c> for another. Marks nest.
/// </summary>
public sealed class MarkedText
{
    private MarkedText(string text, ImmutableArray<MarkedSpan> spans)
    {
        Text = text;
        Spans = spans;
    }

    /// <summary>The text without its marks.</summary>
    public string Text { get; }

    /// <summary>The marked spans, by where they begin.</summary>
    public ImmutableArray<MarkedSpan> Spans { get; }

    /// <summary>Takes the marks out of a text.</summary>
    /// <param name="markup">The text with its marks.</param>
    /// <param name="defaultId">The rule that a mark without an id means.</param>
    public static MarkedText Parse(string markup, string defaultId)
    {
        StringBuilder text = new();
        List<MarkedSpan> spans = [];
        Stack<(string Id, int Start)> open = new();
        for (int index = 0; index < markup.Length;)
        {
            string rest = markup[index..Math.Min(index + 2, markup.Length)];
            if (rest == "[|")
            {
                open.Push((defaultId, text.Length));
                index += 2;
            }
            else if (rest == "{|" && markup.IndexOf(':', index) is int colon and >= 0)
            {
                open.Push((markup[(index + 2)..colon], text.Length));
                index = colon + 1;
            }
            else if (rest is "|]" or "|}" && open.Count > 0)
            {
                (string id, int start) = open.Pop();
                spans.Add(new MarkedSpan(id, TextSpan.FromBounds(start, text.Length)));
                index += 2;
            }
            else
            {
                text.Append(markup[index]);
                index++;
            }
        }

        if (open.Count > 0)
        {
            throw new ArgumentException("A mark is not closed.", nameof(markup));
        }

        spans.Sort();
        return new MarkedText(text.ToString(), [.. spans]);
    }
}
