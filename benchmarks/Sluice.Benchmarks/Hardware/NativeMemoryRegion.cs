using System;
using System.Runtime.InteropServices;

namespace Sluice.Benchmarks.Hardware;

/// <summary>Memory of this process in the place of registers and tables, so that what is measured is the driver and not a model.</summary>
internal sealed unsafe class NativeMemoryRegion : IDisposable
{
    private byte* _start;

    public NativeMemoryRegion(nuint bytes, nuint alignment)
    {
        _start = (byte*)NativeMemory.AlignedAlloc(bytes, alignment);
        NativeMemory.Clear(_start, bytes);
    }

    public ulong Start => (ulong)_start;

    public void Set(ulong offset, uint value) => *(uint*)(_start + offset) = value;

    public void Dispose()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
