using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System.Runtime.InteropServices;

public static class MemoryMarshal
{
    [Intrinsic]
    public static ref T GetArrayDataReference<T>(T[] array)
    {
        return ref Unsafe.As<byte, T>(ref Unsafe.As<RawArrayData>(array).Data);
    }

    public static ref T GetReference<T>(Span<T> span)
    {
        return ref span._reference;
    }

    public static ref T GetReference<T>(ReadOnlySpan<T> span)
    {
        return ref span._reference;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> CreateSpan<T>(scoped ref T reference, int length)
    {
        return new Span<T>(ref Unsafe.AsRef(in reference), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> CreateReadOnlySpan<T>(scoped ref readonly T reference, int length)
    {
        return new ReadOnlySpan<T>(ref Unsafe.AsRef(in reference), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> AsBytes<T>(Span<T> span)
        where T : struct
    {
        return new Span<byte>(ref Unsafe.As<T, byte>(ref span._reference), span.Length * Unsafe.SizeOf<T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> AsBytes<T>(ReadOnlySpan<T> span)
        where T : struct
    {
        return new ReadOnlySpan<byte>(ref Unsafe.As<T, byte>(ref span._reference), span.Length * Unsafe.SizeOf<T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<TTo> Cast<TFrom, TTo>(Span<TFrom> span)
        where TFrom : struct
        where TTo : struct
    {
        int bytes = span.Length * Unsafe.SizeOf<TFrom>();
        return new Span<TTo>(ref Unsafe.As<TFrom, TTo>(ref span._reference), bytes / Unsafe.SizeOf<TTo>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<TTo> Cast<TFrom, TTo>(ReadOnlySpan<TFrom> span)
        where TFrom : struct
        where TTo : struct
    {
        int bytes = span.Length * Unsafe.SizeOf<TFrom>();
        return new ReadOnlySpan<TTo>(ref Unsafe.As<TFrom, TTo>(ref span._reference), bytes / Unsafe.SizeOf<TTo>());
    }
}
