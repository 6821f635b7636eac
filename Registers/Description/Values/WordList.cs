using System;
using System.Text;

namespace Sluice.Registers.Description;

/// <summary>The words that a value may be, in the order of the enumeration that they stand for.</summary>
internal sealed class WordList(string[] words, params (string Unusual, string Assumed)[] unusual)
{
    /// <summary>Spellings that vendors have of their own, without what separates their parts, and what they mean.</summary>
    public (string Unusual, string Assumed)[] Vendors { get; init; } = [];

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

    /// <summary>The same for a vendor's file, where the parts of a word may be separated in any way: <c>read_write</c>, <c>R/W</c>, <c>readwrite</c>.</summary>
    public string? AssumeVendors(string text)
    {
        string letters = LettersOf(text);
        if (letters.Length == 0)
        {
            return null;
        }

        foreach ((string spelling, string assumed) in Vendors)
        {
            if (string.Equals(spelling, letters, StringComparison.OrdinalIgnoreCase))
            {
                return assumed;
            }
        }

        return Array.Find(Words, word => string.Equals(LettersOf(word), letters, StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => "'" + string.Join("', '", Words) + "'";

    private static string LettersOf(string text)
    {
        StringBuilder letters = new(text.Length);
        foreach (char character in text)
        {
            if (character is not ('-' or '_' or '/' or ' ' or '.'))
            {
                letters.Append(character);
            }
        }

        return letters.ToString();
    }
}
