using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// Which vectors of one owner have been raised and not yet delivered. A bit a vector: bounded by construction, and a vector that is raised twice before
/// it is delivered is pending once, as in an MSI-X pending bit array, so nothing is lost by being full.
/// </summary>
[InlineArray(Words)]
public struct PendingBits
{
    /// <summary>The most vectors that an owner can have: the entries of the largest MSI-X table.</summary>
    public const uint Capacity = 2048;

    private const int Words = (int)(Capacity / 64);

    private ulong _word;

    /// <summary>The bits of 64 vectors.</summary>
    /// <param name="word">Which 64, counted from 0; beyond the end all are clear.</param>
    public readonly ulong Word(uint word) => word < Words ? this[(int)word] : 0;

    /// <summary>Whether a vector is pending.</summary>
    /// <param name="vector">Any number.</param>
    public readonly bool Has(uint vector) => (Word(vector >> 6) & (1UL << (int)(vector & 63))) != 0;

    /// <summary>Makes a vector pending.</summary>
    /// <param name="vector">Which one; beyond the end nothing happens.</param>
    public void Set(uint vector)
    {
        if (vector < Capacity)
        {
            this[(int)(vector >> 6)] |= 1UL << (int)(vector & 63);
        }
    }

    /// <summary>Takes a vector's pending state away.</summary>
    /// <param name="vector">Which one; beyond the end nothing happens.</param>
    /// <returns>Whether it was pending.</returns>
    public bool Take(uint vector)
    {
        bool pending = Has(vector);
        if (pending)
        {
            this[(int)(vector >> 6)] &= ~(1UL << (int)(vector & 63));
        }

        return pending;
    }

    /// <summary>Takes the pending state of the lowest vector away.</summary>
    /// <param name="vector">Which one; 0 when there is none.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeFirst(out uint vector)
    {
        for (int word = 0; word < Words; word++)
        {
            ulong bits = this[word];
            if (bits != 0)
            {
                vector = ((uint)word * 64) + (uint)BitOperations.TrailingZeroCount(bits);
                this[word] = bits & (bits - 1);
                return true;
            }
        }

        vector = 0;
        return false;
    }

    /// <summary>How many vectors are pending.</summary>
    public readonly uint Count
    {
        get
        {
            uint count = 0;
            for (int word = 0; word < Words; word++)
            {
                // Clears the lowest bit each time: population count is vector code, which the trap path has not.
                for (ulong bits = this[word]; bits != 0; bits &= bits - 1)
                {
                    count++;
                }
            }

            return count;
        }
    }
}
