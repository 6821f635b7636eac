using System;
using Sluice.Registers;

namespace Corpus;

/// <summary>What a call without annotations gives back, used as a number of the host's own.</summary>
public class UnsaidUses
{
    public uint Index(uint[] table) => table[{|strict:Trusted.Combine(1)|}];

    public uint Index_that_is_checked(uint[] table)
    {
        uint index = Trusted.Combine(1);
        return index < table.Length ? table[index] : 0;
    }

    public byte[] Size() => new byte[{|strict:Trusted.Combine(1)|}];

    public uint Shift_of_the_guests_number([GuestControlled] uint value) => 1u << {|strict:(int)Trusted.Combine(value)|};

    public uint Length_of_a_span(ReadOnlySpan<uint> span)
    {
        uint sum = 0;
        for (int index = 0; index < span.Length; index++)
        {
            sum += span[index];
        }

        return sum;
    }
}
