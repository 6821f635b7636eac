using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Memory;

/// <summary>Translations that must go: all leaves of one level in a range of input addresses.</summary>
/// <param name="input">First input address, a multiple of the leaf.</param>
/// <param name="length">Length in bytes, a multiple of the leaf.</param>
/// <param name="level">The level of the leaves: 1, 2 or 3.</param>
/// <param name="leafOnly">Whether only leaves changed. Otherwise cached tables on the way to them must go as well.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct InvalidationRange(ulong input, ulong length, int level, bool leafOnly)
{
    /// <summary>First input address.</summary>
    public ulong Input { get; } = input;

    /// <summary>Length in bytes.</summary>
    public ulong Length { get; } = length;

    /// <summary>The level of the leaves.</summary>
    public int Level { get; } = level;

    /// <summary>Whether only leaves changed.</summary>
    public bool LeafOnly { get; } = leafOnly;

    /// <summary>Bytes that one leaf covers: the distance between two invalidations by address.</summary>
    public ulong LeafBytes => 1UL << PageTableGeometry.LevelShift(Level);

    /// <summary>How many leaves lie in the range.</summary>
    public ulong Leaves => Length >> PageTableGeometry.LevelShift(Level);
}
