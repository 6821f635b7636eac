using System.Runtime.CompilerServices;
using Sluice.Registers;

namespace Sluice.Runtime.Traps;

/// <summary>
/// Which block stands behind a guest physical address: a fixed number of ranges, sorted, filled at start-up. A lookup tries the range that
/// was hit last (a driver stays in one block for a while), then halves the table without a branch on the address: what a guest chooses never
/// trains a branch predictor here, and the time does not depend on it.
/// </summary>
public struct AddressMap
{
    /// <summary>How many ranges fit.</summary>
    public const int Capacity = 256;

    private const ulong AddressLimit = 1ul << 52;

    // An offset in a range has 32 bits.
    private const ulong LargestRange = 1ul << 32;

    private Column _starts;
    private Column _sizes;
    private Targets _targets;
    private uint _count;
    private uint _half;
    private uint _last;

    /// <summary>How many ranges there are.</summary>
    public readonly int Count => (int)_count;

    /// <summary>Adds a range.</summary>
    /// <param name="start">First guest physical address.</param>
    /// <param name="size">Size in bytes, at most 4 GiB.</param>
    /// <param name="target">What <see cref="TryFind"/> is to give for it; the caller's own numbering.</param>
    public AddressMapError Add(ulong start, ulong size, uint target)
    {
        if (size == 0 || size > LargestRange || start > AddressLimit - size)
        {
            return AddressMapError.Malformed;
        }

        int position = 0;
        while (position < (int)_count && _starts[position] < start)
        {
            position++;
        }

        if ((position > 0 && start - _starts[position - 1] < _sizes[position - 1]) || (position < (int)_count && _starts[position] - start < size))
        {
            return AddressMapError.Overlap;
        }

        if (_count == Capacity)
        {
            return AddressMapError.Full;
        }

        for (int index = (int)_count; index > position; index--)
        {
            _starts[index] = _starts[index - 1];
            _sizes[index] = _sizes[index - 1];
            _targets[index] = _targets[index - 1];
        }

        _starts[position] = start;
        _sizes[position] = size;
        _targets[position] = target;
        _count++;
        _half = HalfOf(_count);
        _last = 0;

        // Behind the last range, up to where a lookup may step, stand starts that no address reaches.
        for (int index = (int)_count; index < Capacity; index++)
        {
            _starts[index] = AddressLimit;
        }

        return AddressMapError.None;
    }

    /// <summary>Finds the range that holds all of an access.</summary>
    /// <param name="address">The guest physical address.</param>
    /// <param name="width">How wide the access is; one that passes the end of its range is in no range.</param>
    /// <param name="target">The range's target.</param>
    /// <param name="offset">The byte offset in the range.</param>
    /// <returns>Whether there is such a range.</returns>
    [Sanitizes]
    [TrapPath]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(GuestAddress address, AccessWidth width, out uint target, out uint offset)
    {
        ulong wanted = address.Untrusted;
        ref ulong starts = ref Unsafe.As<Column, ulong>(ref _starts);
        ref ulong sizes = ref Unsafe.As<Column, ulong>(ref _sizes);
        nuint index = _last;
        ulong size = Unsafe.Add(ref sizes, index);
        ulong distance = wanted - Unsafe.Add(ref starts, index);

        // A distance below the size also says that the address does not lie below the range: then it would have wrapped to a huge one.
        if (distance >= size)
        {
            index = Search(ref starts, wanted);
            _last = (uint)index;
            size = Unsafe.Add(ref sizes, index);
            distance = wanted - Unsafe.Add(ref starts, index);
            if (distance >= size)
            {
                target = 0;
                offset = 0;
                return false;
            }
        }

        offset = (uint)distance;
        target = Unsafe.Add(ref Unsafe.As<Targets, uint>(ref _targets), index);
        return size - distance >= (ulong)width;
    }

    private static uint HalfOf(uint count)
    {
        uint half = 1;
        while (half < count)
        {
            half <<= 1;
        }

        return half >> 1;
    }

    // Inlined, although it is the rarer way: a call here would make the trap path keep all that it knows in saved registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly nuint Search(ref ulong starts, [GuestControlled] ulong wanted)
    {
        nuint index = 0;
        for (nuint half = _half; half != 0; half >>= 1)
        {
            // All ones where the middle's start is not above the address: both are below 2^63, so the difference's sign says it.
            nuint notAbove = (nuint)(~((long)(wanted - Unsafe.Add(ref starts, index + half)) >> 63));
            index += half & notAbove;
        }

        return index;
    }

    [InlineArray(Capacity)]
    private struct Column
    {
        private ulong _first;
    }

    [InlineArray(Capacity)]
    private struct Targets
    {
        private uint _first;
    }
}
