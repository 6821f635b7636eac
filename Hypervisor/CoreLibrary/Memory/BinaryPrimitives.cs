using System.Runtime.CompilerServices;

namespace System.Buffers.Binary;

public static class BinaryPrimitives
{
    [Intrinsic]
    public static ushort ReverseEndianness(ushort value)
    {
        return (ushort)((value >> 8) | (value << 8));
    }

    [Intrinsic]
    public static uint ReverseEndianness(uint value)
    {
        value = ((value >> 8) & 0x00FF00FF) | ((value & 0x00FF00FF) << 8);
        return (value >> 16) | (value << 16);
    }

    [Intrinsic]
    public static ulong ReverseEndianness(ulong value)
    {
        return ((ulong)ReverseEndianness((uint)value) << 32) | ReverseEndianness((uint)(value >> 32));
    }

    public static ushort ReadUInt16LittleEndian(ReadOnlySpan<byte> source)
    {
        return (ushort)(source[0] | (source[1] << 8));
    }

    public static uint ReadUInt32LittleEndian(ReadOnlySpan<byte> source)
    {
        return Unsafe.ReadUnaligned<uint>(ref Unsafe.AsRef(in source.Slice(0, sizeof(uint))[0]));
    }

    public static ulong ReadUInt64LittleEndian(ReadOnlySpan<byte> source)
    {
        return Unsafe.ReadUnaligned<ulong>(ref Unsafe.AsRef(in source.Slice(0, sizeof(ulong))[0]));
    }

    public static uint ReadUInt32BigEndian(ReadOnlySpan<byte> source)
    {
        return ReverseEndianness(ReadUInt32LittleEndian(source));
    }

    public static ulong ReadUInt64BigEndian(ReadOnlySpan<byte> source)
    {
        return ReverseEndianness(ReadUInt64LittleEndian(source));
    }

    public static void WriteUInt16LittleEndian(Span<byte> destination, ushort value)
    {
        Unsafe.WriteUnaligned(ref destination.Slice(0, sizeof(ushort))[0], value);
    }

    public static void WriteUInt32LittleEndian(Span<byte> destination, uint value)
    {
        Unsafe.WriteUnaligned(ref destination.Slice(0, sizeof(uint))[0], value);
    }

    public static void WriteUInt64LittleEndian(Span<byte> destination, ulong value)
    {
        Unsafe.WriteUnaligned(ref destination.Slice(0, sizeof(ulong))[0], value);
    }

    public static void WriteUInt32BigEndian(Span<byte> destination, uint value)
    {
        WriteUInt32LittleEndian(destination, ReverseEndianness(value));
    }

    public static void WriteUInt64BigEndian(Span<byte> destination, ulong value)
    {
        WriteUInt64LittleEndian(destination, ReverseEndianness(value));
    }
}
