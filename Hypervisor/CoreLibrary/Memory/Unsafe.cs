// ilc supplies the bodies: those here are reached only if it stops to do so, and then they fail instead of recursing.

using System.Diagnostics.CodeAnalysis;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime.CompilerServices;

public static unsafe class Unsafe
{
    [Intrinsic]
    public static ref TTo As<TFrom, TTo>(ref TFrom source)
        where TFrom : allows ref struct
        where TTo : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static T As<T>(object? value)
        where T : class?
    {
        throw null!;
    }

    [Intrinsic]
    public static void* AsPointer<T>(ref readonly T value)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static ref T AsRef<T>(void* source)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static ref T AsRef<T>(scoped ref readonly T source)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static ref T Add<T>(ref T source, int elementOffset)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static ref T Add<T>(ref T source, nint elementOffset)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static ref T Add<T>(ref T source, nuint elementOffset)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static ref T AddByteOffset<T>(ref T source, nint byteOffset)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static ref T AddByteOffset<T>(ref T source, nuint byteOffset)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static bool AreSame<T>(ref readonly T left, ref readonly T right)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static bool IsAddressLessThan<T>(ref readonly T left, ref readonly T right)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static TTo BitCast<TFrom, TTo>(TFrom source)
        where TFrom : allows ref struct
        where TTo : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static int SizeOf<T>()
        where T : allows ref struct
    {
        return sizeof(T);
    }

    [Intrinsic]
    public static ref T NullRef<T>()
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static bool IsNullRef<T>(ref readonly T source)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static T ReadUnaligned<T>(void* source)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static T ReadUnaligned<T>(ref readonly byte source)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static void WriteUnaligned<T>(void* destination, T value)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static void WriteUnaligned<T>(ref byte destination, T value)
        where T : allows ref struct
    {
        throw null!;
    }

    [Intrinsic]
    public static void SkipInit<T>(out T value)
        where T : allows ref struct
    {
        throw null!;
    }
}
