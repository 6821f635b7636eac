using System.Runtime.CompilerServices;

namespace System;

public static class Buffer
{
    /// <summary>The JIT calls this for copies of structs that hold references.</summary>
    internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint byteCount)
    {
        for (nuint index = 0; index < byteCount; index += 8)
        {
            Unsafe.As<byte, ulong>(ref Unsafe.Add(ref destination, index)) = Unsafe.As<byte, ulong>(ref Unsafe.Add(ref source, index));
        }
    }
}
