using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sluice.Registers;

namespace Corpus;

/// <summary>How much memory is taken, by every way to take it.</summary>
public unsafe class Allocations
{
    public byte[] Gc([GuestControlled] int n) => GC.AllocateUninitializedArray<byte>({|SLU2006:n|});

    public byte[] Pool([GuestControlled] int n) => ArrayPool<byte>.Shared.Rent({|SLU2006:n|});

    public List<byte> List([GuestControlled] int n) => new({|SLU2006:n|});

    public string String([GuestControlled] int n) => new('x', {|SLU2006:n|});

    public nint Hglobal([GuestControlled] int n) => Marshal.AllocHGlobal({|SLU2006:n|});

    public void* Native([GuestControlled] nuint n) => NativeMemory.Alloc({|SLU2006:n|});

    public void Resize(byte[] array, [GuestControlled] int n) => Array.Resize(ref array, {|SLU2006:n|});

    public StringBuilder Builder([GuestControlled] int n) => new({|SLU2006:n|});

    public void Capacity(List<byte> list, [GuestControlled] int n) => list.EnsureCapacity({|SLU2006:n|});

    public void Capacity_property(List<byte> list, [GuestControlled] int n) => list.Capacity = {|SLU2006:n|};

    public byte[] List_bounded([GuestControlled] int n) => n is >= 0 and < 64 ? GC.AllocateUninitializedArray<byte>(n) : [];

    public IMemoryOwner<byte> Memory([GuestControlled] int n) => MemoryPool<byte>.Shared.Rent({|SLU2006:n|});

    public void Stream([GuestControlled] int n) => _ = new System.IO.MemoryStream({|SLU2006:n|});

    public Array Create([GuestControlled] int n) => Array.CreateInstance(typeof(byte), {|SLU2006:n|});
}
