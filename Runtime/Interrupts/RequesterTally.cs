using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// Counts by function, in bounded memory: the first functions that are met have a count each; when there are too many, the rest share one.
/// </summary>
public struct RequesterTally
{
    private const int Capacity = 16;

    private Entries _entries;

    /// <summary>What was counted of functions that have no count of their own.</summary>
    public uint Others { get; private set; }

    /// <summary>Counts once more.</summary>
    /// <param name="requester">Which function.</param>
    public void Add(RequesterId requester)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            ref RequesterCount counted = ref _entries[entry];
            if (counted.Count == 0 || counted.Requester.Is(requester))
            {
                counted = new RequesterCount(requester, counted.Count == uint.MaxValue ? uint.MaxValue : counted.Count + 1);
                return;
            }
        }

        Others = Others == uint.MaxValue ? uint.MaxValue : Others + 1;
    }

    /// <summary>What was counted of a function.</summary>
    /// <param name="requester">Which function.</param>
    public readonly uint CountOf(RequesterId requester)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if (_entries[entry].Count != 0 && _entries[entry].Requester.Is(requester))
            {
                return _entries[entry].Count;
            }
        }

        return 0;
    }

    /// <summary>The function with the highest count; its count is 0 when there is none.</summary>
    public readonly RequesterCount Most
    {
        get
        {
            RequesterCount most = default;
            for (int entry = 0; entry < Capacity; entry++)
            {
                most = _entries[entry].Count > most.Count ? _entries[entry] : most;
            }

            return most;
        }
    }

    [InlineArray(Capacity)]
    private struct Entries
    {
        private RequesterCount _entry;
    }
}
