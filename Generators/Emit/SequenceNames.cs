using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Sluice.Generators.Emit;

/// <summary>The names of the parameters and locals of a sequence's method, each once.</summary>
internal sealed class SequenceNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal) { "registers", "clock", "failure" };
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);

    /// <summary>The name of an argument or of a number that is read.</summary>
    public string Of(string name)
    {
        if (!_numbers.TryGetValue(name, out string? known))
        {
            known = New(char.ToLower(name[0], CultureInfo.InvariantCulture) + name.Substring(1), "Value");
            _numbers.Add(name, known);
        }

        return SyntaxFacts.GetKeywordKind(known) == SyntaxKind.None ? known : "@" + known;
    }

    /// <summary>A name for a local.</summary>
    public string Local(string wanted)
    {
        string name = wanted;
        for (int number = 2; !_taken.Add(name); number++)
        {
            name = wanted + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }

    private string New(string wanted, string suffix)
    {
        while (!_taken.Add(wanted))
        {
            wanted += suffix;
        }

        return wanted;
    }
}
