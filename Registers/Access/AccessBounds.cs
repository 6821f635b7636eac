using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Registers;

/// <summary>The door of a block: which accesses are let in, and how their bytes lie in a word.</summary>
public static class AccessBounds
{
    private static ReadOnlySpan<uint> WidthMasks => [0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF];

    /// <summary>Whether an access is naturally aligned and ends within the block.</summary>
    /// <param name="sizeBytes">Size of the block in bytes.</param>
    /// <param name="offset">Byte offset in the block; any value.</param>
    /// <param name="width">How wide the access is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Admit(uint sizeBytes, uint offset, AccessWidth width)
        => (offset & ((uint)width - 1)) == 0 && (ulong)offset + (uint)width <= sizeBytes;

    /// <summary>Whether an access is naturally aligned and lies in one word.</summary>
    /// <param name="offset">Byte offset in the block; any value.</param>
    /// <param name="width">How wide the access is; any value.</param>
    /// <param name="bytes">Its bytes as a mask, right-aligned; not meaningful otherwise.</param>
    /// <remarks>One test for all: no width above four has a predecessor without a bit above bit 1. So none can reach behind the table of masks.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInWord(uint offset, AccessWidth width, out uint bytes)
    {
        if (((offset | ~3u) & ((uint)width - 1)) != 0)
        {
            bytes = 0;
            return false;
        }

        // A load is shorter than the shifts that would make the mask.
        bytes = Unsafe.Add(ref MemoryMarshal.GetReference(WidthMasks), (nint)(uint)width);
        return true;
    }

    /// <summary>How far the first byte of an access lies above bit 0 of the word that holds it.</summary>
    /// <param name="offset">Byte offset of the access; only its low two bits count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Shift(uint offset) => (int)((offset * 8) & 31);

    /// <summary>The bytes of an access as a mask over the word that holds them.</summary>
    /// <param name="offset">Byte offset of the access; only its low two bits count.</param>
    /// <param name="width">One, two or four bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mask(uint offset, AccessWidth width)
        => ~(uint)(ulong.MaxValue << ((int)width * 8)) << Shift(offset);

    /// <summary>The bytes of an access out of the word that holds them, right-aligned.</summary>
    /// <param name="word">The word.</param>
    /// <param name="offset">Byte offset of the access; only its low two bits count.</param>
    /// <param name="width">One, two or four bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Extract(uint word, uint offset, AccessWidth width)
        => Extract(word, offset, ~(uint)(ulong.MaxValue << ((int)width * 8)));

    /// <summary>The bytes of an access out of the word that holds them, right-aligned.</summary>
    /// <param name="word">The word.</param>
    /// <param name="offset">Byte offset of the access; only its low two bits count.</param>
    /// <param name="bytes">Its bytes as a mask, right-aligned.</param>
    /// <remarks>A rotation takes two instructions less than a shift, whose count the JIT masks; what comes round is not among the bytes.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Extract(uint word, uint offset, uint bytes)
        => BitOperations.RotateRight(word, (int)(offset * 8)) & bytes;

    /// <summary>What an access reads that no register answers.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="width">How wide the access is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Absent<TTables>(AccessWidth width)
        where TTables : struct, IRegisterTables
        => (TTables.Absent | ((ulong)TTables.Absent << 32)) & (ulong.MaxValue >> (64 - ((int)width * 8)));
}
