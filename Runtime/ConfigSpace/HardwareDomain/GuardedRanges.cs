using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>Memory of guests' functions as the PCI side sees it, in whole pages: nothing of the hardware domain decodes there.</summary>
internal struct GuardedRanges
{
    /// <summary>How many there can be.</summary>
    public const int Capacity = 64;

    private Ranges _ranges;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the memory of a function.</summary>
    /// <param name="function">Which one; what it had before goes.</param>
    /// <param name="bars">Its registers with their places.</param>
    /// <returns>Whether all of it is guarded. If not, none of it is.</returns>
    public bool TryAdd(RequesterId function, ref readonly HostBars bars)
    {
        Remove(function);
        int wanted = 0;
        for (int index = 0; index < HostBars.Places; index++)
        {
            wanted += bars[index].IsPlaced ? 1 : 0;
        }

        if (wanted > Capacity - Count)
        {
            return false;
        }

        for (int index = 0; index < HostBars.Places; index++)
        {
            if (bars[index].IsPlaced)
            {
                _ranges[Count] = new GuardedRange
                {
                    Function = function,
                    FirstPage = bars[index].PciAddress / MemoryWindow.PageBytes,
                    LastPage = (bars[index].PciAddress + (bars[index].SizeBytes - 1)) / MemoryWindow.PageBytes,
                };
                Count++;
            }
        }

        return true;
    }

    /// <summary>Takes the memory of a function out.</summary>
    /// <param name="function">Which one.</param>
    public void Remove(RequesterId function)
    {
        int kept = 0;
        for (int index = 0; index < Count; index++)
        {
            GuardedRange range = _ranges[index];
            _ranges[kept] = range;
            kept += range.Function.Is(function) ? 0 : 1;
        }

        Count = kept;
    }

    /// <summary>Whether any page of a range is guarded.</summary>
    /// <param name="first">The first PCI address.</param>
    /// <param name="last">The last one, included.</param>
    public readonly bool Meets(ulong first, ulong last)
    {
        bool meets = false;
        for (int index = 0; index < Count; index++)
        {
            meets |= _ranges[index].FirstPage <= last / MemoryWindow.PageBytes && first / MemoryWindow.PageBytes <= _ranges[index].LastPage;
        }

        return meets;
    }

    [InlineArray(Capacity)]
    private struct Ranges
    {
        private GuardedRange _range;
    }
}
