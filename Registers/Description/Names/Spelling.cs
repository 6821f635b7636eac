using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Spelling
{
    private const int LongestWord = 64;
    private const int MostCandidates = 5_000;
    private const int ShortestBeginning = 3;

    /// <summary>The end of a message that suggests the nearest candidate; empty when none is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> candidates)
        => Nearest(word, candidates) is { } nearest ? ". Did you mean '" + nearest + "'?" : "";

    /// <summary>
    /// The candidate that is nearest to a word; the first in ordinal order among equals; when none is near, the only one that the word is the beginning of; otherwise null.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        string? nearest = null;
        string? longer = null;
        bool isOnly = true;
        int least = Math.Max(1, word.Length / 3) + 1;
        int seen = 0;
        foreach (string candidate in candidates)
        {
            if (++seen > MostCandidates)
            {
                break;
            }

            if (word.Length >= ShortestBeginning && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                isOnly &= longer is null || longer == candidate;
                longer = candidate;
            }

            if (candidate.Length == 0 || Math.Abs(candidate.Length - word.Length) > least || candidate.Length > LongestWord)
            {
                continue;
            }

            int distance = Distance(word, candidate, least);
            if (distance < least || (distance == least && nearest is not null && string.CompareOrdinal(candidate, nearest) < 0))
            {
                least = distance;
                nearest = candidate;
            }
        }

        return nearest ?? (isOnly ? longer : null);
    }

    // Edits (insertion, deletion, substitution, exchange of neighbours), case ignored.
    private static int Distance(string left, string right, int bound)
    {
        int[] beforePrevious = new int[right.Length + 1];
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            int least = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int cost = Fold(left[row - 1]) == Fold(right[column - 1]) ? 0 : 1;
                int distance = Math.Min(Math.Min(current[column - 1], previous[column]) + 1, previous[column - 1] + cost);
                bool isExchange = row > 1
                    && column > 1
                    && Fold(left[row - 1]) == Fold(right[column - 2])
                    && Fold(left[row - 2]) == Fold(right[column - 1]);
                current[column] = isExchange ? Math.Min(distance, beforePrevious[column - 2] + 1) : distance;
                least = Math.Min(least, current[column]);
            }

            if (least > bound)
            {
                return int.MaxValue;
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }

    private static char Fold(char character) => character is >= 'A' and <= 'Z' ? (char)(character + 32) : character;
}
