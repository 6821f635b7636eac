using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Domains;

/// <summary>Who owns which function: the one place where ownership is written down, and the last step of every assignment.</summary>
[InlineArray(Capacity)]
public struct OwnedFunctions
{
    /// <summary>How many functions can be owned or broken at a time.</summary>
    public const int Capacity = 32;

    private OwnedFunction _function;

    /// <summary>Finds a function that somebody owns, that is broken or that was removed.</summary>
    /// <param name="function">Which function.</param>
    /// <returns>Its entry; -1 when it is free.</returns>
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

    /// <summary>Whether somebody owns a function.</summary>
    /// <param name="function">Which function.</param>
    public readonly bool IsOwned(RequesterId function)
    {
        int entry = Find(function);
        return entry >= 0 && !this[entry].Owner.IsNone;
    }

    /// <summary>Finds room for one more.</summary>
    /// <returns>A free entry; -1 when there is none.</returns>
    public readonly int FindFree()
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if (!this[entry].IsUsed)
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>How many functions have an owner.</summary>
    public readonly int Owned
    {
        get
        {
            int owned = 0;
            for (int entry = 0; entry < Capacity; entry++)
            {
                owned += this[entry].Owner.IsNone ? 0 : 1;
            }

            return owned;
        }
    }
}
