using System;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>SVD's <c>dimIndex</c>: <c>0-3</c>, <c>A-D</c> or a list <c>RX,TX</c>. A range stays two bounds: it costs nothing however long it is.</summary>
internal sealed class DimensionIndex
{
    private readonly string[]? _names;
    private readonly ulong _first;
    private readonly bool _isLetters;

    private DimensionIndex(string[]? names, ulong first, ulong count, bool isLetters)
    {
        _names = names;
        _first = first;
        Count = count;
        _isLetters = isLetters;
    }

    public ulong Count { get; }

    /// <summary>Whether it lists names, and not only numbers in words of their own.</summary>
    public bool HasNames => _names is not null && !Array.TrueForAll(_names, static name => Array.TrueForAll(name.ToCharArray(), static character => character is >= '0' and <= '9'));

    /// <summary>The index of elements that the description does not name: 0, 1, 2 …</summary>
    public static DimensionIndex Numbers(ulong count) => new(null, 0, count, false);

    public static DimensionIndex? Parse(string text)
    {
        int dash = text.IndexOf('-');
        if (dash > 0 && text.IndexOf(',') < 0)
        {
            string first = text.Substring(0, dash).Trim();
            string last = text.Substring(dash + 1).Trim();
            if (first.Length == 1 && last.Length == 1 && IsLetter(first[0]) && IsLetter(last[0]) && first[0] <= last[0])
            {
                return new DimensionIndex(null, first[0], (ulong)(last[0] - first[0]) + 1, true);
            }

            bool parsed = ulong.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out ulong low)
                & ulong.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out ulong high);
            return parsed && low <= high && high < uint.MaxValue ? new DimensionIndex(null, low, high - low + 1, false) : null;
        }

        string[] names = text.Split(',');
        for (int index = 0; index < names.Length; index++)
        {
            names[index] = names[index].Trim();
            if (!IsName(names[index]))
            {
                return null;
            }
        }

        return new DimensionIndex(names, 0, (ulong)names.Length, false);
    }

    /// <summary>What stands for <c>%s</c> in the name of an element.</summary>
    public string Name(uint element)
    {
        if (_names is not null)
        {
            return _names[element];
        }

        return _isLetters ? ((char)(_first + element)).ToString() : (_first + element).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether it is the index of one of the elements.</summary>
    public bool Has(string index)
    {
        if (_names is not null)
        {
            return Array.IndexOf(_names, index) >= 0;
        }

        if (_isLetters)
        {
            return index.Length == 1 && index[0] >= _first && index[0] - _first < Count;
        }

        return ulong.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number >= _first && number - _first < Count;
    }

    private static bool IsLetter(char character) => character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');

    private static bool IsName(string text) => text.Length > 0 && Array.TrueForAll(text.ToCharArray(), character => IsLetter(character) || character is '_' or (>= '0' and <= '9'));
}
