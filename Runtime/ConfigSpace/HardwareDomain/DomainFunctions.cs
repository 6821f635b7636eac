using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>The functions that are not simply the hardware domain's.</summary>
[InlineArray(Capacity)]
internal struct DomainFunctions
{
    /// <summary>How many there can be.</summary>
    public const int Capacity = 32;

    private DomainFunction _function;

    /// <summary>Finds a function.</summary>
    /// <param name="function">Which one.</param>
    /// <returns>Its entry; -1 when it has none.</returns>
    public readonly int Find(RequesterId function)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if (this[entry].IsUsed && this[entry].Function.Is(function))
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Finds a function, or gives it an entry.</summary>
    /// <param name="function">Which one.</param>
    /// <returns>Its entry; -1 when there is no room.</returns>
    public int FindOrAdd(RequesterId function)
    {
        int known = Find(function);
        for (int entry = 0; known < 0 && entry < Capacity; entry++)
        {
            if (!this[entry].IsUsed)
            {
                this[entry] = new DomainFunction { IsUsed = true, Function = function };
                known = entry;
            }
        }

        return known;
    }
}
