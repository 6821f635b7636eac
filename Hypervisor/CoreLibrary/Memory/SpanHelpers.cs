using System.Runtime.InteropServices;

namespace System;

/// <summary>The JIT calls these for blocks that it does not unroll; the routines are in the image's assembly.</summary>
internal static unsafe class SpanHelpers
{
    public static void Memmove(ref byte destination, ref byte source, nuint length)
    {
        fixed (byte* to = &destination, from = &source)
        {
            Move(to, from, length);
        }
    }

    public static void ClearWithoutReferences(ref byte destination, nuint length)
    {
        Fill(ref destination, 0, length);
    }

    public static void Fill(ref byte destination, byte value, nuint length)
    {
        fixed (byte* to = &destination)
        {
            Set(to, value, length);
        }
    }

    [DllImport("el2", EntryPoint = "memmove")]
    [SuppressGCTransition]
    private static extern void Move(byte* destination, byte* source, nuint length);

    [DllImport("el2", EntryPoint = "memset")]
    [SuppressGCTransition]
    private static extern void Set(byte* destination, int value, nuint length);
}
