using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>Who owns which function: the one place where ownership is written down, and the last step of every assignment.</summary>
[InlineArray(Capacity)]
public struct OwnedFunctions
{
    /// <summary>How many functions can be owned or broken at a time.</summary>
    public const int Capacity = 32;

    private OwnedFunction _function;

    /// <summary>Finds a function that somebody owns or that is broken.</summary>
    /// <param name="function">Which function.</param>
    /// <returns>Its entry; -1 when it is free.</returns>
    public readonly int Find(RequesterId function)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if ((!this[entry].Owner.IsNone || this[entry].IsBroken) && this[entry].Function.Is(function))
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Whether a stream belongs to a function that somebody owns or that is broken.</summary>
    /// <param name="stream">Which stream.</param>
    public readonly bool HasStream(uint stream)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if ((!this[entry].Owner.IsNone || this[entry].IsBroken) && this[entry].Stream == stream)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a stream belongs to a function of anybody but one owner, or of nobody who can let go of it.</summary>
    /// <param name="owner">The one owner.</param>
    /// <param name="stream">Which stream.</param>
    public readonly bool HasStreamOfOtherThan(OwnerId owner, uint stream)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if (this[entry].Stream == stream && (this[entry].IsBroken || !(this[entry].Owner.IsNone || this[entry].Owner.Is(owner))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many functions with an owner have a stream.</summary>
    /// <param name="stream">Which stream.</param>
    public readonly int SharersOf(uint stream)
    {
        int sharers = 0;
        for (int entry = 0; entry < Capacity; entry++)
        {
            sharers += !this[entry].Owner.IsNone && this[entry].Stream == stream ? 1 : 0;
        }

        return sharers;
    }

    /// <summary>Whether anybody but one owner owns a function, or had one that was given up and may still send messages.</summary>
    /// <param name="owner">The one owner.</param>
    public readonly bool HasOtherThan(OwnerId owner)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if (this[entry].IsBroken || !(this[entry].Owner.IsNone || this[entry].Owner.Is(owner)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds room for one more.</summary>
    /// <returns>A free entry; -1 when there is none.</returns>
    public readonly int FindFree()
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if (this[entry].Owner.IsNone && !this[entry].IsBroken)
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
