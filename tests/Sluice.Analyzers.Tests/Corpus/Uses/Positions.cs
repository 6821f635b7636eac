using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Registers;

namespace Corpus;

/// <summary>Where in memory something is, by members of .NET.</summary>
public unsafe class Positions
{
    private readonly uint[] _table = new uint[16];

    public uint Range_in_local(Span<uint> span, [GuestControlled] int n)
    {
        Range range = ..n;
        return span[{|SLU2004:range|}][0];
    }

    public uint Index_in_local(uint[] span, [GuestControlled] int n)
    {
        Index index = ^n;
        return span[{|SLU2004:index|}];
    }

    public void Array_copy(byte[] from, byte[] to, [GuestControlled] int n) => Array.Copy(from, to, {|SLU2004:n|});

    public void Block_copy(byte[] from, byte[] to, [GuestControlled] int n) => Buffer.BlockCopy(from, 0, to, 0, {|SLU2004:n|});

    public void Memory_copy(byte* from, byte* to, [GuestControlled] long n) => Buffer.MemoryCopy(from, to, {|SLU2004:n|}, {|SLU2004:n|});

    public void Copy_block(ref byte from, ref byte to, [GuestControlled] uint n) => Unsafe.CopyBlock(ref to, ref from, {|SLU2004:n|});

    public void Init_block(ref byte to, [GuestControlled] uint n) => Unsafe.InitBlock(ref to, 0, {|SLU2004:n|});

    public void Native_clear(void* to, [GuestControlled] nuint n) => NativeMemory.Clear(to, {|SLU2004:n|});

    public int Marshal_read(nint p, [GuestControlled] int n) => Marshal.ReadInt32(p, {|SLU2004:n|});

    public Span<byte> Span_of_pointer(byte* p, [GuestControlled] int n) => new(p, {|SLU2004:n|});

    public void Remove_at(List<uint> list, [GuestControlled] int n) => list.RemoveAt({|SLU2004:n|});

    public List<uint> Get_range(List<uint> list, [GuestControlled] int n) => list.GetRange(0, {|SLU2004:n|});

    public uint Element_at(List<uint> list, [GuestControlled] int n) => list.ElementAt({|SLU2004:n|});

    public object? Get_value(Array array, [GuestControlled] int n) => array.GetValue({|SLU2004:n|});

    public ArraySegment<uint> Segment(uint[] array, [GuestControlled] int n) => new(array, 0, {|SLU2004:n|});

    public Memory<uint> Memory(uint[] array, [GuestControlled] int n) => new(array, 0, {|SLU2004:n|});

    public void Array_clear(uint[] array, [GuestControlled] int n) => Array.Clear(array, 0, {|SLU2004:n|});

    public ref byte Byte_offset(ref byte first, [GuestControlled] nint n) => ref Unsafe.AddByteOffset(ref first, {|SLU2004:n|});

    public ref uint Array_data(uint[] array, [GuestControlled] int n) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), {|SLU2004:n|});

    public char String_index(string text, [GuestControlled] int n) => text[{|SLU2004:n|}];

    public uint Pointer_increment(uint* pointer, [GuestControlled] int n)
    {
        pointer += {|SLU2004:n|};
        return *pointer;
    }

    public bool Bit_array(System.Collections.BitArray bits, [GuestControlled] int n) => bits[{|SLU2004:n|}];

    public uint Ref_element([GuestControlled] int n)
    {
        ref uint element = ref _table[{|SLU2004:n|}];
        return element;
    }

    public uint Conditional_element(uint[]? table, [GuestControlled] int n) => table?[{|SLU2004:n|}] ?? 0;

    public void Off_by_one([GuestControlled] uint n)
    {
        if (n <= _table.Length)
        {
            _table[{|SLU2004:n|}] = 1;
        }
    }

    public void One_past_the_end_refused([GuestControlled] uint n)
    {
        if (n > _table.Length)
        {
            return;
        }

        _table[{|SLU2004:n|}] = 1;
    }

    public void Last_element([GuestControlled] uint n)
    {
        if (n > 0 && n <= _table.Length)
        {
            _table[n - 1] = 1;
        }
    }

    public Span<uint> All_of_them([GuestControlled] int n) => n >= 0 && n <= _table.Length ? _table.AsSpan(0, n) : default;

    public uint One_past_the_end_of_a_span(Span<uint> words, [GuestControlled] int n) => (uint)n <= (uint)words.Length ? words[{|SLU2004:n|}] : 0;

    public uint From_the_end_of_as_many([GuestControlled] int n) => n > 0 && n <= _table.Length ? _table[^n] : 0;

    public uint Up_to_the_last_index([GuestControlled] uint n) => n <= _table.Length - 1 ? _table[n] : 0;

    public uint Up_to_a_constant([GuestControlled] uint n) => n <= 15 ? _table[n] : 0;

    public uint Checked_twice([GuestControlled] uint n) => n <= _table.Length && n < 16 ? _table[n] : 0;
}
