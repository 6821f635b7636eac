using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The message interrupts (LPIs) of a guest: a bit each that it is pending and one that it is enabled. Bounded by construction; one that is raised twice before it is delivered is
/// pending once, and nothing is lost by being full.
/// </summary>
public struct GuestLpis
{
    /// <summary>The number of the first message interrupt.</summary>
    public const uint First = 8192;

    /// <summary>How many a guest has.</summary>
    public const uint Count = 1024;

    private const int WordCount = (int)(Count / 64);

    private Words _pending;
    private Words _enabled;

    /// <summary>How many are pending.</summary>
    internal readonly uint Pending
    {
        get
        {
            uint count = 0;
            for (int word = 0; word < WordCount; word++)
            {
                for (ulong rest = _pending[word]; rest != 0; rest &= rest - 1)
                {
                    count++;
                }
            }

            return count;
        }
    }

    /// <summary>Whether one is pending.</summary>
    internal readonly bool IsPending(uint index) => index < Count && (_pending[(int)(index >> 6)] & Bit(index)) != 0;

    /// <summary>Whether one is enabled, as its configuration was last read.</summary>
    internal readonly bool IsEnabled(uint index) => index < Count && (_enabled[(int)(index >> 6)] & Bit(index)) != 0;

    /// <summary>Takes the configuration of one.</summary>
    internal void Enable(uint index, bool enabled)
    {
        if (index < Count)
        {
            ref ulong word = ref _enabled[(int)(index >> 6)];
            word = enabled ? word | Bit(index) : word & ~Bit(index);
        }
    }

    /// <summary>Makes one pending.</summary>
    internal void Pend(uint index)
    {
        if (index < Count)
        {
            _pending[(int)(index >> 6)] |= Bit(index);
        }
    }

    /// <summary>Takes the pending state of one away.</summary>
    internal void Clear(uint index)
    {
        if (index < Count)
        {
            _pending[(int)(index >> 6)] &= ~Bit(index);
        }
    }

    /// <summary>Takes the pending state of one away if it is enabled.</summary>
    /// <returns>Whether it was pending and enabled: it is to be delivered.</returns>
    internal bool TryTake(uint index)
    {
        bool due = IsPending(index) && IsEnabled(index);
        if (due)
        {
            Clear(index);
        }

        return due;
    }

    /// <summary>Nothing is pending, and nothing enabled.</summary>
    internal void Reset() => this = default;

    private static ulong Bit(uint index) => 1UL << (int)(index & 63);

    [InlineArray(WordCount)]
    private struct Words
    {
        private ulong _word;
    }
}
