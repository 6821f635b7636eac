namespace System;

public abstract class ValueType
{
}

public abstract class Enum : ValueType
{
}

public struct Nullable<T>
    where T : struct
{
    private readonly bool _hasValue;
    private readonly T _value;

    public Nullable(T value)
    {
        _hasValue = true;
        _value = value;
    }

    public readonly bool HasValue => _hasValue;

    public readonly T Value => _value;

    public readonly T GetValueOrDefault()
    {
        return _value;
    }

    public static implicit operator T?(T value)
    {
        return new T?(value);
    }
}

public struct ValueTuple<T1, T2>
{
    public T1 Item1;
    public T2 Item2;

    public ValueTuple(T1 item1, T2 item2)
    {
        Item1 = item1;
        Item2 = item2;
    }
}

public readonly struct Index
{
    private readonly int _value;

    public Index(int value, bool fromEnd = false)
    {
        _value = fromEnd ? ~value : value;
    }

    public int GetOffset(int length)
    {
        return _value < 0 ? length + _value + 1 : _value;
    }

    public static implicit operator Index(int value)
    {
        return new Index(value);
    }
}

public readonly struct Range
{
    public Range(Index start, Index end)
    {
        Start = start;
        End = end;
    }

    public Index Start { get; }

    public Index End { get; }
}
