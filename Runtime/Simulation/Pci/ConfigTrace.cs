using System.Collections.Generic;
using Sluice.Registers;

namespace Sluice.Simulation.Pci;

/// <summary>What the machine did to a simulated function's config space, in order.</summary>
public sealed class ConfigTrace
{
    private readonly List<ConfigAccess> _accesses = [];

    /// <summary>The accesses since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<ConfigAccess> Accesses => _accesses;

    /// <summary>Whether accesses are kept. A measurement of the core turns it off.</summary>
    public bool IsKept { get; set; } = true;

    /// <summary>Forgets all.</summary>
    public void Clear() => _accesses.Clear();

    internal void Add(bool isWrite, uint offset, AccessWidth width, uint value)
    {
        if (IsKept)
        {
            _accesses.Add(new ConfigAccess(isWrite, offset, width, value));
        }
    }
}
