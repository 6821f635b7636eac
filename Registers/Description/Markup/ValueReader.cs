using System;

namespace Sluice.Registers.Description;

/// <summary>Checks the text of an element or attribute against the kind of value that it must be.</summary>
internal static class ValueReader
{
    /// <summary>Checks a text.</summary>
    /// <param name="owner">The name of the element or attribute, for messages.</param>
    /// <param name="kind">What the text must be.</param>
    /// <param name="words">The words that it may be, for a word.</param>
    /// <param name="text">The text.</param>
    /// <param name="number">The number, or the index of the word, that it stands for.</param>
    /// <param name="flaw">What is wrong with it; null when nothing is.</param>
    /// <returns>Whether it is a value of its kind, or can be taken for one.</returns>
    public static bool TryRead(string owner, ValueKind kind, WordList? words, string text, out ulong number, out ValueFlaw? flaw)
    {
        number = 0;
        flaw = null;
        switch (kind)
        {
            case ValueKind.Name:
                return IsName(owner, text, out flaw);
            case ValueKind.Identifier when !DotNetName.IsIdentifier(text):
                flaw = new(ProblemRules.BadName, text, owner, "it must be an identifier in Pascal case");
                return false;
            case ValueKind.Number when !NumberText.TryParse(text, out number):
            case ValueKind.Integer when !NumberText.IsInteger(text):
            case ValueKind.Pattern when !NumberText.TryParsePattern(text, out number, out _):
                flaw = new(ProblemRules.BadNumber, text, "a number of at most 64 bits (decimal, 0x hexadecimal or # binary)");
                return false;
            case ValueKind.BitRange when !BitRangeText.TryParse(text, out number):
                flaw = new(ProblemRules.BadNumber, text, "a range of bits ([msb:lsb], both at most 63, the high one first)");
                return false;
            case ValueKind.DimensionIndex when DimensionIndex.Parse(text) is null:
                flaw = new(ProblemRules.BadNumber, text, "an index (0-3, A-D or a list of names)");
                return false;
            case ValueKind.Boolean:
                return IsBoolean(owner, text, out number, out flaw);
            case ValueKind.Word:
                return IsWord(owner, words!, text, out number, out flaw);
            default:
                return true;
        }
    }

    private static bool IsName(string owner, string text, out ValueFlaw? flaw)
    {
        flaw = null;
        bool isIndexAlone = text is "%s" or "[%s]";
        if (!isIndexAlone && !DotNetName.IsIn(text.Replace("%s", "")))
        {
            flaw = new(ProblemRules.BadName, text, owner, "it has neither a letter nor a digit of ASCII");
        }
        else if (HasLineBreak(text))
        {
            flaw = new(ProblemRules.BadName, text, owner, "it is on more than one line");
        }
        else if (text.IndexOf('/') >= 0 || text.IndexOf('@') >= 0)
        {
            flaw = new(ProblemRules.BadName, text, owner, "'/' and '@' stand between names");
        }

        return flaw is null;
    }

    private static bool HasLineBreak(string text)
    {
        foreach (char character in text)
        {
            if (char.IsControl(character) || character is '\u2028' or '\u2029')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBoolean(string owner, string text, out ulong number, out ValueFlaw? flaw)
    {
        string word = text.ToLowerInvariant();
        number = word is "true" or "1" ? 1u : 0;
        bool isBoolean = word is "true" or "false" or "0" or "1";
        flaw = !isBoolean
            ? new(ProblemRules.UnknownValue, text, owner, "'true', 'false'", "")
            : word == text ? null : new(ProblemRules.UnusualSpelling, text, owner, word);
        return isBoolean;
    }

    private static bool IsWord(string owner, WordList words, string text, out ulong number, out ValueFlaw? flaw)
    {
        flaw = null;
        int index = words.Find(text);
        if (index < 0 && words.Assume(text) is { } assumed)
        {
            flaw = new(ProblemRules.UnusualSpelling, text, owner, assumed);
            index = words.Find(assumed);
        }
        else if (index < 0)
        {
            flaw = new(ProblemRules.UnknownValue, text, owner, words.ToString(), Spelling.DidYouMean(text, words.Words));
        }

        number = (ulong)Math.Max(index, 0);
        return index >= 0;
    }
}
