namespace System;

public struct Void
{
}

public struct Boolean
{
    private bool _value;
}

public struct Char
{
    public const char MaxValue = (char)0xFFFF;
    private char _value;
}

public struct SByte
{
    public const sbyte MaxValue = 0x7F;
    public const sbyte MinValue = -0x80;
    private sbyte _value;
}

public struct Byte : IEquatable<byte>
{
    public const byte MaxValue = 0xFF;
    private byte _value;

    public readonly bool Equals(byte other)
    {
        return _value == other;
    }
}

public struct Int16
{
    public const short MaxValue = 0x7FFF;
    public const short MinValue = -0x8000;
    private short _value;
}

public struct UInt16 : IEquatable<ushort>
{
    public const ushort MaxValue = 0xFFFF;
    private ushort _value;

    public readonly bool Equals(ushort other)
    {
        return _value == other;
    }
}

public struct Int32 : IEquatable<int>
{
    public const int MaxValue = 0x7FFFFFFF;
    public const int MinValue = unchecked((int)0x80000000);
    private int _value;

    public readonly bool Equals(int other)
    {
        return _value == other;
    }
}

public struct UInt32 : IEquatable<uint>
{
    public const uint MaxValue = 0xFFFFFFFF;
    private uint _value;

    public readonly bool Equals(uint other)
    {
        return _value == other;
    }

    public override readonly int GetHashCode()
    {
        return (int)_value;
    }
}

public struct Int64 : IEquatable<long>
{
    public const long MaxValue = 0x7FFFFFFFFFFFFFFF;
    public const long MinValue = unchecked((long)0x8000000000000000);
    private long _value;

    public readonly bool Equals(long other)
    {
        return _value == other;
    }
}

public struct UInt64 : IEquatable<ulong>
{
    public const ulong MaxValue = 0xFFFFFFFFFFFFFFFF;
    private ulong _value;

    public readonly bool Equals(ulong other)
    {
        return _value == other;
    }

    public override readonly int GetHashCode()
    {
        return (int)(_value ^ (_value >> 32));
    }
}

public struct IntPtr
{
    private nint _value;
}

public struct UIntPtr
{
    private nuint _value;
}

public struct Single
{
    private float _value;
}

public struct Double
{
    private double _value;
}
