using System;
using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>The names that stand for numbers in one sequence: its arguments, and what steps read.</summary>
internal sealed class SequenceNames
{
    private readonly List<ArgumentModel> _arguments = [];
    private readonly List<(string Name, ulong Maximum)> _read = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The arguments, those declared first.</summary>
    public EquatableArray<ArgumentModel> Arguments => new(_arguments.ToArray());

    /// <summary>All names that can be used here.</summary>
    public IEnumerable<string> Visible => _arguments.Select(argument => argument.Name).Concat(_read.Select(read => read.Name));

    /// <summary>How many numbers that were read can be used here: to come back to with <see cref="Leave"/>.</summary>
    public int Depth => _read.Count;

    /// <summary>Adds an argument; false when the name is taken.</summary>
    public bool TryAdd(ArgumentModel argument)
    {
        if (!_taken.Add(argument.Name))
        {
            return false;
        }

        _arguments.Add(argument);
        return true;
    }

    /// <summary>Adds a number that is read; false when the name is taken.</summary>
    public bool TryAddRead(string name, ulong maximum)
    {
        if (!_taken.Add(name))
        {
            return false;
        }

        _read.Add((name, maximum));
        return true;
    }

    /// <summary>What was read since cannot be used any more.</summary>
    public void Leave(int depth) => _read.RemoveRange(depth, _read.Count - depth);

    /// <summary>The argument of a name; null when there is none.</summary>
    public ArgumentModel? Argument(string name) => _arguments.Find(argument => argument.Name == name);

    /// <summary>Finds a number and its bounds.</summary>
    public bool TryNumber(string name, out ulong minimum, out ulong maximum)
    {
        minimum = 0;
        maximum = 0;
        if (Argument(name) is { Register: < 0 } argument)
        {
            minimum = argument.Minimum;
            maximum = argument.Maximum;
            return true;
        }

        int index = _read.FindIndex(read => read.Name == name);
        if (index >= 0)
        {
            maximum = _read[index].Maximum;
        }

        return index >= 0;
    }
}
