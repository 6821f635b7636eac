using System;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Sluice.Generators.Output;

/// <summary>Indented text with the same line ends everywhere.</summary>
internal sealed class SourceWriter
{
    private const int IndentWidth = 4;
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _blankPending;

    /// <summary>Writes one line; an empty one is kept only between two lines that are none.</summary>
    public SourceWriter Line(string line = "")
    {
        if (line.Length == 0)
        {
            _blankPending = _text.Length != 0 && !EndsWithBrace();
            return this;
        }

        if (_blankPending)
        {
            _text.Append('\n');
            _blankPending = false;
        }

        _text.Append(' ', _depth * IndentWidth).Append(line).Append('\n');
        return this;
    }

    /// <summary>Opens a brace, and closes it when the result is disposed.</summary>
    public Scope Block(string head)
    {
        Line(head);
        return Block();
    }

    /// <summary>Opens a brace without a line before it.</summary>
    public Scope Block()
    {
        Line("{");
        _depth++;
        return new Scope(this, "}");
    }

    /// <summary>Indents until the result is disposed.</summary>
    public Scope Indent()
    {
        _depth++;
        return new Scope(this, "");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>The text as the compiler takes it: half as large where it is ASCII, and nearly all of it is.</summary>
    public SourceText ToSourceText()
    {
        byte[] bytes = new byte[_text.Length];
        char[] part = new char[4096];
        for (int start = 0; start < bytes.Length; start += part.Length)
        {
            int length = Math.Min(part.Length, bytes.Length - start);
            _text.CopyTo(start, part, 0, length);
            int all = 0;
            for (int index = 0; index < length; index++)
            {
                all |= part[index];
                bytes[start + index] = unchecked((byte)part[index]);
            }

            if (all > 0x7F)
            {
                return SourceText.From(_text.ToString(), Encoding.UTF8);
            }
        }

        return new AsciiText(bytes);
    }

    private bool EndsWithBrace() => _text.Length > 1 && _text[_text.Length - 2] == '{';

    private void Close(string end)
    {
        _depth--;
        _blankPending = false;
        if (end.Length != 0)
        {
            Line(end);
        }
    }

    /// <summary>An open brace.</summary>
    internal readonly struct Scope(SourceWriter writer, string end) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => writer.Close(end);
    }
}
