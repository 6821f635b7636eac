using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Interrupts;

/// <summary>The events of all devices of a guest, handed out in runs of 64: which message interrupt and which collection each is.</summary>
public struct GuestItsEvents
{
    /// <summary>The most events that a guest can have, all devices together.</summary>
    public const uint Capacity = 2048;

    /// <summary>Events are handed out in runs of so many.</summary>
    internal const uint RunEvents = 64;

    private const int Runs = (int)(Capacity / RunEvents);

    private Entries _entries;
    private ulong _taken;

    /// <summary>How many events are handed out.</summary>
    internal readonly uint Taken
    {
        get
        {
            uint runs = 0;
            for (ulong rest = _taken; rest != 0; rest &= rest - 1)
            {
                runs++;
            }

            return runs * RunEvents;
        }
    }

    /// <summary>Takes events that follow one another; none of them is mapped.</summary>
    /// <param name="count">How many; not 0.</param>
    /// <param name="most">How many the guest may have.</param>
    /// <param name="first">The first one.</param>
    /// <returns>Whether there were so many.</returns>
    internal bool TryTake(uint count, uint most, out uint first)
    {
        uint wanted = (count + RunEvents - 1) / RunEvents;
        uint end = most < Capacity ? most / RunEvents : (uint)Runs;
        first = 0;
        for (uint start = 0; wanted != 0 && start + wanted <= end; start++)
        {
            uint free = 0;
            while (free < wanted && (_taken & (1UL << (int)(start + free))) == 0)
            {
                free++;
            }

            if (free == wanted)
            {
                first = start * RunEvents;
                Mark(start, wanted, taken: true);
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives events back; they must not be mapped any more.</summary>
    internal void Free(uint first, uint count) => Mark(first / RunEvents, (count + RunEvents - 1) / RunEvents, taken: false);

    /// <summary>What an event is.</summary>
    /// <param name="index">Below <see cref="Capacity"/>.</param>
    /// <param name="interrupt">Its message interrupt, counted from the guest's first one.</param>
    /// <param name="collection">Its collection.</param>
    /// <returns>Whether it is mapped.</returns>
    internal readonly bool TryGet(uint index, out uint interrupt, out uint collection)
    {
        uint entry = index < Capacity ? _entries[(int)index] : 0;
        interrupt = (entry & 0xFFFF) - 1;
        collection = entry >> 16;
        return (entry & 0xFFFF) != 0;
    }

    /// <summary>Maps an event.</summary>
    internal void Set(uint index, uint interrupt, uint collection)
    {
        if (index < Capacity)
        {
            _entries[(int)index] = (interrupt + 1) | (collection << 16);
        }
    }

    /// <summary>An event means nothing any more.</summary>
    internal void Clear(uint index)
    {
        if (index < Capacity)
        {
            _entries[(int)index] = 0;
        }
    }

    private void Mark(uint start, uint runs, bool taken)
    {
        for (uint run = start; run < start + runs && run < Runs; run++)
        {
            ulong bit = 1UL << (int)run;
            _taken = taken ? _taken | bit : _taken & ~bit;
        }
    }

    [InlineArray((int)Capacity)]
    private struct Entries
    {
        private uint _event;
    }
}
