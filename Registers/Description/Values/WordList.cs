using System;

namespace Sluice.Registers.Description;

/// <summary>The words that a value may be, in the order of the enumeration that they stand for.</summary>
internal sealed class WordList(string[] words, params (string Unusual, string Assumed)[] unusual)
{
    public string[] Words { get; } = words;

    /// <summary>The index of a word; -1 when it is none.</summary>
    public int Find(string text) => Array.IndexOf(Words, text);

    /// <summary>The word that files in the field mean by a spelling that is none; null when there is no telling.</summary>
    public string? Assume(string text)
    {
        foreach ((string spelling, string assumed) in unusual)
        {
            if (string.Equals(spelling, text, StringComparison.Ordinal))
            {
                return assumed;
            }
        }

        return Array.Find(Words, word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => "'" + string.Join("', '", Words) + "'";
}
