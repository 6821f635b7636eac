using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

public static class Buffer
{
    public static unsafe void MemoryCopy(void* source, void* destination, ulong destinationSizeInBytes, ulong sourceBytesToCopy)
    {
        if (sourceBytesToCopy > destinationSizeInBytes)
        {
            ThrowHelpers.ThrowArgumentOutOfRangeException();
        }

        SpanHelpers.Memmove(ref *(byte*)destination, ref *(byte*)source, (nuint)sourceBytesToCopy);
    }

    /// <summary>The JIT calls this for copies of structs that hold references.</summary>
    internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint byteCount)
    {
        for (nuint index = 0; index < byteCount; index += 8)
        {
            Unsafe.As<byte, ulong>(ref Unsafe.Add(ref destination, index)) = Unsafe.As<byte, ulong>(ref Unsafe.Add(ref source, index));
        }
    }
}
