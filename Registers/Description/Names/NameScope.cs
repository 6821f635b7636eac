using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sluice.Registers.Description;

/// <summary>Hands out names in code that are unique among siblings.</summary>
/// <param name="reserved">Names that the generated code uses itself.</param>
/// <param name="suffix">What makes a name that is reserved another one.</param>
internal sealed class NameScope(HashSet<string> reserved, string suffix)
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    private Dictionary<string, int>? _numbers;

    /// <summary>Forgets all names taken, for the next group of siblings.</summary>
    public void Clear()
    {
        _owners.Clear();
        _numbers = null;
    }

    /// <summary>Takes a name for a part of the hardware.</summary>
    /// <param name="wanted">The name in code that it should have.</param>
    /// <param name="hardwareName">The part.</param>
    /// <param name="clashesWith">The part that has the name already; null when the name was free.</param>
    /// <returns>The name that it gets.</returns>
    public string Take(string wanted, string hardwareName, out string? clashesWith)
    {
        string name = reserved.Contains(wanted) ? wanted + suffix : wanted;
        if (!_owners.TryGetValue(name, out clashesWith))
        {
            _owners.Add(name, hardwareName);
            return name;
        }

        _numbers ??= new(StringComparer.Ordinal);
        int number = _numbers.TryGetValue(name, out int last) ? last : 1;
        string free;
        do
        {
            number++;
            free = name + "_" + number.ToString(CultureInfo.InvariantCulture);
        }
        while (_owners.ContainsKey(free));

        _numbers[name] = number;
        _owners.Add(free, hardwareName);
        return free;
    }

    /// <summary>Whether a name can be had as it is.</summary>
    public bool IsFree(string name) => !reserved.Contains(name) && !_owners.ContainsKey(name);

    /// <summary>Takes a name that nobody asked for by name, so that a clash needs no report.</summary>
    public string TakeQuietly(string wanted, string otherwise)
    {
        string name = wanted;
        while (reserved.Contains(name) || _owners.ContainsKey(name))
        {
            name += otherwise;
        }

        _owners.Add(name, wanted);
        return name;
    }
}
