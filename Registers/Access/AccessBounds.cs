using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>The door of a block: which accesses are let in, and how their bytes lie in a word.</summary>
public static class AccessBounds
{
    /// <summary>Whether an access is naturally aligned and ends within the block.</summary>
    /// <param name="sizeBytes">Size of the block in bytes.</param>
    /// <param name="offset">Byte offset in the block; any value.</param>
    /// <param name="width">How wide the access is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Admit(uint sizeBytes, uint offset, AccessWidth width)
        => (offset & ((uint)width - 1)) == 0 && (ulong)offset + (uint)width <= sizeBytes;

    /// <summary>Whether an access is naturally aligned and lies in one word.</summary>
    /// <param name="offset">Byte offset in the block; any value.</param>
    /// <param name="width">How wide the access is.</param>
    /// <remarks>One test for both: eight bytes less one is the only width to have bit 2.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInWord(uint offset, AccessWidth width)
        => ((offset | 4u) & ((uint)width - 1)) == 0;

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
    /// <remarks>The count of a 32-bit shift is taken modulo 32, so that the offset's other bits need not be masked away.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Extract(uint word, uint offset, AccessWidth width)
        => (word >> (int)(offset * 8)) & ~(uint)(ulong.MaxValue << ((int)width * 8));

    /// <summary>What an access reads that no register answers.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="width">How wide the access is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Absent<TTables>(AccessWidth width)
        where TTables : struct, IRegisterTables
        => (TTables.Absent | ((ulong)TTables.Absent << 32)) & (ulong.MaxValue >> (64 - ((int)width * 8)));
}
