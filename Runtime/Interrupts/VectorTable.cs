using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// Who owns each vector of a controller. Allocation and ownership are one table, so they cannot disagree: a vector is free exactly when nobody owns it.
/// </summary>
[InlineArray(Capacity)]
public struct VectorTable
{
    /// <summary>The most vectors that a controller can have here: the interrupt numbers that a GICv2 has.</summary>
    public const int Capacity = 1024;

    private ushort _owner;

    /// <summary>Takes free vectors that follow one another: the lowest ones that do.</summary>
    /// <param name="vectors">How many vectors the controller has; at most <see cref="Capacity"/> are used.</param>
    /// <param name="owner">For whom; not nobody.</param>
    /// <param name="count">How many; not 0.</param>
    /// <param name="alignment">What the first one is a multiple of: a power of two.</param>
    /// <param name="block">The vectors; none when there are none left that fit.</param>
    /// <returns>Whether there were any.</returns>
    public bool TryAllocate(uint vectors, OwnerId owner, uint count, uint alignment, out VectorBlock block)
    {
        uint end = vectors < Capacity ? vectors : Capacity;
        block = default;
        if (owner.IsNone || count == 0 || count > end || alignment == 0 || (alignment & (alignment - 1)) != 0)
        {
            return false;
        }

        uint first = 0;
        uint run = 0;
        while (first + count <= end && run < count)
        {
            if (this[(int)(first + run)] == 0)
            {
                run++;
                continue;
            }

            first = (first + run + alignment) & ~(alignment - 1);
            run = 0;
        }

        if (run < count)
        {
            return false;
        }

        for (uint vector = first; vector < first + count; vector++)
        {
            this[(int)vector] = owner.Value;
        }

        block = new VectorBlock(first, count);
        return true;
    }

    /// <summary>Gives vectors back. Those that <paramref name="owner"/> does not own stay with whoever does.</summary>
    /// <param name="owner">Who gives them back.</param>
    /// <param name="block">Which ones.</param>
    public void Free(OwnerId owner, VectorBlock block)
    {
        for (uint index = 0; index < block.Count && block.First + index < Capacity; index++)
        {
            ref ushort slot = ref this[(int)(block.First + index)];
            if (slot == owner.Value)
            {
                slot = 0;
            }
        }
    }

    /// <summary>Who owns a vector.</summary>
    /// <param name="vector">Any number.</param>
    public readonly OwnerId OwnerOf(uint vector) => new(vector < Capacity ? this[(int)vector] : (ushort)0);

    /// <summary>How many vectors anybody owns.</summary>
    public readonly uint Taken
    {
        get
        {
            uint taken = 0;
            for (int vector = 0; vector < Capacity; vector++)
            {
                taken += this[vector] == 0 ? 0u : 1u;
            }

            return taken;
        }
    }
}
