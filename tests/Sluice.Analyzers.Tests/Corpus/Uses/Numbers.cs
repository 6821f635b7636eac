using System;
using Sluice.Registers;

namespace Corpus;

public class Numbers
{
    public byte[] New_array([GuestControlled] uint value) => new byte[{|SLU2006:value|}];

    public byte[,] New_array_of_two_dimensions([GuestControlled] uint value) => new byte[2, {|SLU2006:value|}];

    public byte[] New_array_within_a_limit([GuestControlled] uint value) => value < Trusted.Limit ? new byte[value] : [];

    public byte[] New_array_of_eight_bits([GuestControlled] byte value) => new byte[value];

    public uint[] New_array_of_a_guests_values([GuestControlled] uint value) => new[] { value };

    public int Stack([GuestControlled] int value)
    {
        Span<byte> bytes = stackalloc byte[{|SLU2006:value|}];
        return bytes.Length;
    }

    public int Stack_of_a_minimum([GuestControlled] uint value)
    {
        Span<byte> bytes = stackalloc byte[(int)Math.Min(value, 64u)];
        return bytes.Length;
    }

    public uint Shift_left([GuestControlled] int value) => 1u << {|SLU2007:value|};

    public uint Shift_right([GuestControlled] int value) => Trusted.Mask >> {|SLU2007:value|};

    public uint Shift_in_place(uint word, [GuestControlled] int value)
    {
        word <<= {|SLU2007:value|};
        return word;
    }

    public uint Shift_of_a_mask([GuestControlled] int value) => 1u << (value & 31);

    public uint Shift_within_the_width([GuestControlled] uint value) => value < 32 ? 1u << (int)value : 0;

    public uint Shift_of_a_guests_value([GuestControlled] uint value) => value << 4;
}
