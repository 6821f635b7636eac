using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Smmu;

/// <summary>
/// The stream entries of an SMMUv2 as the driver knows them. It keeps the rule that the hardware does not: no two entries match one stream.
/// </summary>
[InlineArray(Capacity)]
internal struct StreamEntries
{
    /// <summary>The most entries that an MMU-500's description has.</summary>
    internal const int Capacity = 48;

    private StreamEntry _entry;

    /// <summary>Finds the entry that covers streams.</summary>
    /// <returns>Its number; -1 when there is none.</returns>
    internal readonly int FindCovering(StreamMatch match, uint count)
    {
        for (int entry = 0; entry < (int)count; entry++)
        {
            if (this[entry].Users != 0 && this[entry].Match.Covers(match))
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Finds an entry that matches some of the streams.</summary>
    /// <param name="match">The streams.</param>
    /// <param name="from">The first entry that is looked at.</param>
    /// <param name="count">How many entries there are.</param>
    /// <returns>Its number; -1 when there is none.</returns>
    internal readonly int FindOverlapping(StreamMatch match, int from, uint count)
    {
        for (int entry = from; entry < (int)count; entry++)
        {
            if (this[entry].Users != 0 && this[entry].Match.Overlaps(match))
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Finds an entry that is free.</summary>
    /// <returns>Its number; -1 when there is none.</returns>
    internal readonly int FindFree(uint count)
    {
        for (int entry = 0; entry < (int)count; entry++)
        {
            if (this[entry].Users == 0)
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Whether any stream is translated by a bank.</summary>
    internal readonly bool Uses(byte bank, uint count)
    {
        for (int entry = 0; entry < (int)count; entry++)
        {
            if (this[entry].Users != 0 && !this[entry].Bypasses && this[entry].Bank == bank)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many entries are in use.</summary>
    internal readonly uint Taken(uint count)
    {
        uint taken = 0;
        for (int entry = 0; entry < (int)count; entry++)
        {
            taken += this[entry].Users == 0 ? 0u : 1u;
        }

        return taken;
    }
}
