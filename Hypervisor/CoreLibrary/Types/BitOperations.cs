using System.Runtime.CompilerServices;

namespace System.Numerics;

public static class BitOperations
{
    [Intrinsic]
    public static int LeadingZeroCount(uint value)
    {
        return LeadingZeroCount((ulong)value) - 32;
    }

    [Intrinsic]
    public static int LeadingZeroCount(ulong value)
    {
        int count = 64;
        while (value != 0)
        {
            value >>= 1;
            count--;
        }

        return count;
    }

    [Intrinsic]
    public static int TrailingZeroCount(int value)
    {
        return TrailingZeroCount((uint)value);
    }

    [Intrinsic]
    public static int TrailingZeroCount(uint value)
    {
        return value == 0 ? 32 : 31 - LeadingZeroCount(value & (0 - value));
    }

    [Intrinsic]
    public static int TrailingZeroCount(long value)
    {
        return TrailingZeroCount((ulong)value);
    }

    [Intrinsic]
    public static int TrailingZeroCount(ulong value)
    {
        return value == 0 ? 64 : 63 - LeadingZeroCount(value & (0 - value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Log2(uint value)
    {
        return 31 - LeadingZeroCount(value | 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Log2(ulong value)
    {
        return 63 - LeadingZeroCount(value | 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPow2(uint value)
    {
        return (value & (value - 1)) == 0 && value != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPow2(ulong value)
    {
        return (value & (value - 1)) == 0 && value != 0;
    }

    /// <summary>Counted in general registers: the JIT's own expansion would use a SIMD register.</summary>
    public static int PopCount(uint value)
    {
        return PopCount((ulong)value);
    }

    /// <summary>Counted in general registers: the JIT's own expansion would use a SIMD register.</summary>
    public static int PopCount(ulong value)
    {
        value -= (value >> 1) & 0x5555555555555555;
        value = (value & 0x3333333333333333) + ((value >> 2) & 0x3333333333333333);
        value = (value + (value >> 4)) & 0x0F0F0F0F0F0F0F0F;
        return (int)((value * 0x0101010101010101) >> 56);
    }

    [Intrinsic]
    public static uint RotateLeft(uint value, int count)
    {
        return (value << count) | (value >> (32 - count));
    }

    [Intrinsic]
    public static uint RotateRight(uint value, int count)
    {
        return (value >> count) | (value << (32 - count));
    }

    public static uint RoundUpToPowerOf2(uint value)
    {
        return value == 0 ? 0 : (uint)(0x1_0000_0000UL >> LeadingZeroCount(value - 1));
    }

    public static ulong RoundUpToPowerOf2(ulong value)
    {
        return value <= 1 ? value : 1UL << (64 - LeadingZeroCount(value - 1));
    }
}
