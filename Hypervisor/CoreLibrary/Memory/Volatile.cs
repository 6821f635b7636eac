// A volatile field access is what the JIT turns into a load-acquire or store-release that it neither merges nor moves.

using System.Runtime.CompilerServices;

namespace System.Threading;

public static class Volatile
{
    public static bool Read(ref readonly bool location)
    {
        return Unsafe.As<bool, VolatileBoolean>(ref Unsafe.AsRef(in location)).Value;
    }

    public static byte Read(ref readonly byte location)
    {
        return Unsafe.As<byte, VolatileByte>(ref Unsafe.AsRef(in location)).Value;
    }

    public static ushort Read(ref readonly ushort location)
    {
        return Unsafe.As<ushort, VolatileUInt16>(ref Unsafe.AsRef(in location)).Value;
    }

    public static int Read(ref readonly int location)
    {
        return Unsafe.As<int, VolatileInt32>(ref Unsafe.AsRef(in location)).Value;
    }

    public static uint Read(ref readonly uint location)
    {
        return Unsafe.As<uint, VolatileUInt32>(ref Unsafe.AsRef(in location)).Value;
    }

    public static long Read(ref readonly long location)
    {
        return (long)Unsafe.As<long, VolatileIntPtr>(ref Unsafe.AsRef(in location)).Value;
    }

    public static ulong Read(ref readonly ulong location)
    {
        return (ulong)Unsafe.As<ulong, VolatileIntPtr>(ref Unsafe.AsRef(in location)).Value;
    }

    public static void Write(ref bool location, bool value)
    {
        Unsafe.As<bool, VolatileBoolean>(ref location).Value = value;
    }

    public static void Write(ref byte location, byte value)
    {
        Unsafe.As<byte, VolatileByte>(ref location).Value = value;
    }

    public static void Write(ref ushort location, ushort value)
    {
        Unsafe.As<ushort, VolatileUInt16>(ref location).Value = value;
    }

    public static void Write(ref int location, int value)
    {
        Unsafe.As<int, VolatileInt32>(ref location).Value = value;
    }

    public static void Write(ref uint location, uint value)
    {
        Unsafe.As<uint, VolatileUInt32>(ref location).Value = value;
    }

    public static void Write(ref long location, long value)
    {
        Unsafe.As<long, VolatileIntPtr>(ref location).Value = (nint)value;
    }

    public static void Write(ref ulong location, ulong value)
    {
        Unsafe.As<ulong, VolatileIntPtr>(ref location).Value = (nint)value;
    }

    private struct VolatileBoolean
    {
        public volatile bool Value;
    }

    private struct VolatileByte
    {
        public volatile byte Value;
    }

    private struct VolatileUInt16
    {
        public volatile ushort Value;
    }

    private struct VolatileInt32
    {
        public volatile int Value;
    }

    private struct VolatileUInt32
    {
        public volatile uint Value;
    }

    private struct VolatileIntPtr
    {
        public volatile nint Value;
    }
}
