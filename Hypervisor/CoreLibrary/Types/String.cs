using System.Runtime.CompilerServices;

namespace System;

public sealed class String
{
    private readonly int _stringLength;
    private char _firstChar;

    public int Length
    {
        [Intrinsic]
        get => _stringLength;
    }

    [IndexerName("Chars")]
    public char this[int index]
    {
        [Intrinsic]
        get => Unsafe.Add(ref _firstChar, index);
    }

    public static bool operator ==(string? left, string? right)
    {
        if ((object?)left == (object?)right)
        {
            return true;
        }

        if (left is null || right is null || left.Length != right.Length)
        {
            return false;
        }

        for (int index = 0; index < left.Length; index++)
        {
            if (left[index] != right[index])
            {
                return false;
            }
        }

        return true;
    }

    public static bool operator !=(string? left, string? right)
    {
        return !(left == right);
    }

    public override bool Equals(object? other)
    {
        return ReferenceEquals(this, other);
    }

    public override int GetHashCode()
    {
        return _stringLength;
    }
}
