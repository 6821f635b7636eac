using System;
using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>Remembers the names in code that were made of hardware names: the fields of many registers are called the same.</summary>
internal sealed class NameMemory
{
    private const int Most = 1024;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>What <see cref="DotNetName.From"/> gives.</summary>
    public string From(string hardwareName)
    {
        if (!_names.TryGetValue(hardwareName, out string? name))
        {
            name = DotNetName.From(hardwareName);
            if (_names.Count < Most)
            {
                _names.Add(hardwareName, name);
            }
        }

        return name;
    }
}
