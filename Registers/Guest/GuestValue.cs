using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>
/// Up to 64 bits that a guest chose. There is no conversion to a number: the ways out are the sanitizers below, or
/// <see cref="Untrusted"/>, whose use the analyzers follow.
/// </summary>
public readonly struct GuestValue
{
    private readonly ulong _bits;

    /// <summary>Marks bits as a guest's.</summary>
    /// <param name="bits">What the guest wrote, right-aligned.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GuestValue(ulong bits)
    {
        _bits = bits;
    }

    /// <summary>The bits as they are. Whoever reads this takes the guest's word for nothing.</summary>
    [GuestControlled]
    public ulong Untrusted
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _bits;
    }

    /// <summary>The bits that <paramref name="mask"/> lets through.</summary>
    [Sanitizes]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Mask(ulong mask) => _bits & mask;

    /// <summary>The value, when it is an index into <paramref name="count"/> things.</summary>
    /// <param name="count">How many things there are.</param>
    /// <param name="index">The index; 0 when there is none.</param>
    /// <returns>Whether the value is below <paramref name="count"/>.</returns>
    [Sanitizes]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryIndex(uint count, [Sanitizes] out uint index)
    {
        bool within = _bits < count;
        index = within ? (uint)_bits : 0;
        return within;
    }

    /// <summary>The value, when it lies in a range.</summary>
    /// <param name="minimum">The smallest value allowed.</param>
    /// <param name="maximum">The largest value allowed.</param>
    /// <param name="value">The value; <paramref name="minimum"/> when it is outside.</param>
    /// <returns>Whether the value lies in the range.</returns>
    [Sanitizes]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRange(ulong minimum, ulong maximum, [Sanitizes] out ulong value)
    {
        bool within = _bits >= minimum && _bits <= maximum;
        value = within ? _bits : minimum;
        return within;
    }
}
