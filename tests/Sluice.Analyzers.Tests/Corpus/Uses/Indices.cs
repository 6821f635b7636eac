using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Registers;

namespace Corpus;

[InlineArray(8)]
public struct Eight
{
    private uint _first;
}

public unsafe class Indices
{
    private readonly uint[] _table = new uint[16];
    private Eight _eight;

    public uint Array_element([GuestControlled] uint value) => _table[[|value|]];

    public uint Array_element_after_a_cast([GuestControlled] ulong value) => _table[[|(int)value|]];

    public void Array_element_that_is_written([GuestControlled] uint value) => _table[[|value|]] = 1;

    public void Array_element_that_is_changed([GuestControlled] uint value) => _table[[|value|]] |= 1;

    public uint Array_element_of_two_dimensions(uint[,] table, [GuestControlled] int value) => table[0, [|value|]];

    public uint Array_element_of_a_guest_value(GuestValue value) => _table[[|(int)value.Untrusted|]];

    public uint Array_element_within_its_length([GuestControlled] uint value) => value < _table.Length ? _table[value] : 0;

    public uint Array_element_up_to_a_signed_length([GuestControlled] int value) => value < _table.Length ? _table[[|value|]] : 0;

    public uint Array_element_within_both_ends([GuestControlled] int value) => value >= 0 && value < _table.Length ? _table[value] : 0;

    public uint Array_element_by_one_unsigned_comparison([GuestControlled] int value) => (uint)value < (uint)_table.Length ? _table[value] : 0;

    public uint Array_element_of_a_mask([GuestControlled] uint value) => _table[value & 15];

    public uint Array_element_behind_a_checked_one([GuestControlled] uint value, [GuestControlled] uint step)
        => value < 8 && step < 8 ? _table[[|value + step|]] : 0;

    public uint Array_element_of_an_index_that_was_tried(GuestValue value) => value.TryIndex(16, out uint index) ? _table[index] : 0;

    public uint Array_element_of_a_trusted_index() => _table[Trusted.Limit];

    public uint Array_element_from_the_end([GuestControlled] int value) => _table[^[|value|]];

    public uint[] Range_of_an_array([GuestControlled] int value) => _table[..[|value|]];

    public uint Span_element(Span<uint> span, [GuestControlled] int value) => span[[|value|]];

    public void Span_element_that_is_written(Span<uint> span, [GuestControlled] int value) => span[[|value|]] = 1;

    public uint Readonly_span_element(ReadOnlySpan<uint> span, [GuestControlled] int value) => span[[|value|]];

    public Span<uint> Slice(Span<uint> span, [GuestControlled] int value) => span.Slice([|value|]);

    public Span<uint> Slice_of_a_length(Span<uint> span, [GuestControlled] int value) => span.Slice(0, [|value|]);

    public Span<uint> Slice_of_a_checked_length(Span<uint> span, [GuestControlled] uint value) => value <= span.Length ? span.Slice(0, (int)value) : default;

    public Span<uint> Range_of_a_span(Span<uint> span, [GuestControlled] int value) => span[[|value|]..];

    public Span<uint> Span_of_an_array([GuestControlled] int value) => _table.AsSpan([|value|]);

    public uint List_element(List<uint> list, [GuestControlled] int value) => list[[|value|]];

    public uint Entry_of_a_dictionary(Dictionary<uint, uint> entries, [GuestControlled] uint value) => entries[value];

    public uint Inline_array_element([GuestControlled] int value) => _eight[[|value|]];

    public void Inline_array_element_that_is_written([GuestControlled] int value) => _eight[[|value|]] = 1;

    public uint Inline_array_element_of_a_mask([GuestControlled] int value) => _eight[value & 7];

    public uint Pointer_element(uint* pointer, [GuestControlled] uint value) => pointer[[|value|]];

    public uint Pointer_sum(uint* pointer, [GuestControlled] uint value) => *(pointer + [|value|]);

    public uint Pointer_element_within_a_limit(uint* pointer, [GuestControlled] uint value) => value < Trusted.Limit ? pointer[value] : 0;

    public uint Reference_that_is_moved(ref uint first, [GuestControlled] int value) => Unsafe.Add(ref first, [|value|]);

    public Span<uint> Span_of_a_reference(ref uint first, [GuestControlled] int value) => MemoryMarshal.CreateSpan(ref first, [|value|]);

    public uint Second_read_after_the_check() => Guest.Read(0) < _table.Length ? _table[[|Guest.Read(0)|]] : 0;

    public uint Index_in_a_local_function([GuestControlled] uint value)
    {
        return Look(value);

        uint Look(uint index) => _table[[|index|]];
    }
}
