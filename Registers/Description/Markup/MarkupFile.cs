using System;

namespace Sluice.Registers.Description;

/// <summary>A file being read. Ranges are found by scanning forward from where the XML reader says a name begins, and only when a problem asks.</summary>
internal sealed class MarkupFile(SourceFile source)
{
    private LineIndex? _lines;

    public string Path => source.Path;

    public string Text => source.Text;

    /// <summary>Whether it is a vendor's, so that what is wrong with it is repaired rather than refused.</summary>
    public bool IsVendors { get; } = DescriptionRoots.IsVendors(source.Path);

    private LineIndex Lines => _lines ??= new LineIndex(Text);

    public TextRange PointAt(int line, int column)
    {
        int offset = Lines.Offset(line, column);
        return Lines.Range(offset, Math.Min(offset + 1, Text.Length));
    }

    /// <summary>The name that begins at a place.</summary>
    public TextRange NameAt(int line, int column)
    {
        int start = Lines.Offset(line, column);
        return Lines.Range(start, NameEnd(start));
    }

    /// <summary>The value, without its quotes, of the attribute whose name begins at a place.</summary>
    public TextRange AttributeValueAt(int line, int column)
    {
        int start = Lines.Offset(line, column);
        int open = NameEnd(start);
        while (open < Text.Length && Text[open] != '"' && Text[open] != '\'')
        {
            open++;
        }

        if (open >= Text.Length)
        {
            return Lines.Range(start, NameEnd(start));
        }

        int close = Text.IndexOf(Text[open], open + 1);
        return Lines.Range(open + 1, close < 0 ? Text.Length : close);
    }

    /// <summary>The text, without white space around it, of the element whose name begins at a place; its name when it has none.</summary>
    public TextRange ContentAt(int line, int column)
    {
        int name = Lines.Offset(line, column);
        int start = TagEnd(name);
        int end = start < 0 ? -1 : Text.IndexOf('<', start);
        if (end < 0 || Text[start - 2] == '/')
        {
            return Lines.Range(name, NameEnd(name));
        }

        while (start < end && char.IsWhiteSpace(Text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(Text[end - 1]))
        {
            end--;
        }

        return start == end ? Lines.Range(name, NameEnd(name)) : Lines.Range(start, end);
    }

    /// <summary>The first word of a text node that begins at a place.</summary>
    public TextRange WordAt(int line, int column)
    {
        int start = Lines.Offset(line, column);
        while (start < Text.Length && char.IsWhiteSpace(Text[start]))
        {
            start++;
        }

        return Lines.Range(start, NameEnd(start));
    }

    /// <summary>The keyword of a document type declaration that begins at or just before a place; null when none does.</summary>
    public TextRange? DoctypeAround(int line, int column)
    {
        const string Declaration = "<!DOCTYPE";
        int offset = Lines.Offset(line, column);
        int from = Math.Max(0, offset - Declaration.Length - 1);
        int start = Text.IndexOf(Declaration, from, Math.Min(Text.Length - from, 3 * Declaration.Length), StringComparison.Ordinal);
        return start < 0 ? null : Lines.Range(start, start + Declaration.Length);
    }

    private int NameEnd(int start)
    {
        int end = start;
        while (end < Text.Length && Text[end] is not ('>' or '/' or '=' or '<') && !char.IsWhiteSpace(Text[end]))
        {
            end++;
        }

        return end;
    }

    private int TagEnd(int start)
    {
        char quote = '\0';
        for (int offset = start; offset < Text.Length; offset++)
        {
            char character = Text[offset];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character == '>')
            {
                return offset + 1;
            }
        }

        return -1;
    }
}
