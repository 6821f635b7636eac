using System;
using System.Buffers.Binary;
using Sluice.Registers;

namespace Corpus;

[System.Runtime.CompilerServices.InlineArray(4)]
public struct Four
{
    private uint _first;
}

public class Buffers
{
    public void Element_of_a_guests_span([GuestControlled] ReadOnlySpan<uint> span) => Hardware.Store([|span[0]|]);

    public void Element_of_a_guests_array([GuestControlled] uint[] array) => Hardware.Store([|array[0]|]);

    public void Length_of_a_guests_span([GuestControlled] ReadOnlySpan<uint> span) => Hardware.StoreSigned(span.Length);

    public void Element_read_twice([GuestControlled] uint[] array)
    {
        if (array[0] < 16)
        {
            Hardware.Store([|array[0]|]);
        }
    }

    public void Element_read_once([GuestControlled] uint[] array)
    {
        uint value = array[0];
        if (value < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Slice([GuestControlled] ReadOnlySpan<byte> span) => Hardware.Store([|span.Slice(4)[0]|]);

    public void Range([GuestControlled] ReadOnlySpan<byte> span) => Hardware.Store([|span[4..8][0]|]);

    public void From_the_end([GuestControlled] ReadOnlySpan<byte> span) => Hardware.Store([|span[^1]|]);

    public void Little_endian([GuestControlled] ReadOnlySpan<byte> span) => Hardware.Store([|BinaryPrimitives.ReadUInt32LittleEndian(span)|]);

    public void Stored_in_an_own_array([GuestControlled] uint value)
    {
        uint[] array = new uint[4];
        array[1] = value;
        Hardware.Store([|array[1]|]);
    }

    public void Stored_in_an_own_span([GuestControlled] uint value)
    {
        Span<uint> span = stackalloc uint[4];
        span[1] = value;
        Hardware.Store([|span[1]|]);
    }

    public void Stored_in_an_inline_array([GuestControlled] uint value)
    {
        Four four = default;
        four[1] = value;
        Hardware.Store([|four[1]|]);
    }

    public void Array_of_guest_values([GuestControlled] uint value)
    {
        uint[] array = [1, value];
        Hardware.Store([|array[0]|]);
    }

    public void Own_array(uint[] array) => Hardware.Store(array[0]);

    public void Element_at_a_guests_index([GuestControlled] uint index, uint[] array) => Hardware.Store(array[index]);

    public void Copied_between_spans([GuestControlled] ReadOnlySpan<uint> source)
    {
        Span<uint> target = stackalloc uint[4];
        source.CopyTo(target);
        Hardware.Store([|target[0]|]);
    }
}
