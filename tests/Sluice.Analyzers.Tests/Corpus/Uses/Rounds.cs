using System;
using System.Linq;
using Sluice.Registers;

namespace Corpus;

/// <summary>How often a loop runs, by every way to say it.</summary>
public unsafe class Rounds
{
    private readonly uint[] _table = new uint[16];

    public void Counter_that_must_not_be_met([GuestControlled] uint count)
    {
        for (uint index = 0; index != {|SLU2005:count|}; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Broken_off_at_the_count([GuestControlled] uint count)
    {
        uint index = 0;
        while (true)
        {
            if (index >= {|SLU2005:count|})
            {
                break;
            }

            index++;
        }
    }

    public void Returned_from_at_the_count([GuestControlled] uint count)
    {
        for (uint index = 0; ; index++)
        {
            if (index == {|SLU2005:count|})
            {
                return;
            }
        }
    }

    public void Counter_down_to_nothing([GuestControlled] uint count)
    {
        while ({|SLU2005:count|} != 0)
        {
            count--;
        }
    }

    public void Counter_down_in_the_condition([GuestControlled] uint count)
    {
        while ({|SLU2005:count--|} != 0)
        {
            Trusted.Nothing();
        }
    }

    public void Counter_down_at_the_end([GuestControlled] uint count)
    {
        do
        {
            Trusted.Nothing();
        }
        while ({|SLU2005:--count|} > 0);
    }

    public void Counter_with_a_jump([GuestControlled] uint count)
    {
        uint index = 0;
    again:
        index++;
        if (index < {|SLU2005:count|})
        {
            goto again;
        }
    }

    public void Chain_of_the_guest([GuestControlled] uint next)
    {
        while ({|SLU2005:next|} != 0)
        {
            next = Guest.Read(next & 0xFF);
        }
    }

    public void Wait_for_the_guest()
    {
        while ({|SLU2005:Guest.Read(0)|} < 8)
        {
            Trusted.Nothing();
        }
    }

    public void Wait_for_a_bit_of_the_guest()
    {
        while ({|SLU2005:(Guest.Read(0) & 1)|} == 0)
        {
            Trusted.Nothing();
        }
    }

    public void Wait_with_a_budget()
    {
        for (int rounds = 0; rounds < 100 && Guest.Read(0) != 8; rounds++)
        {
            Trusted.Nothing();
        }
    }

    public void Search_of_an_own_table([GuestControlled] uint wanted)
    {
        for (int index = 0; index < _table.Length; index++)
        {
            if (_table[index] == wanted)
            {
                break;
            }
        }
    }

    public void Search_of_a_sorted_table([GuestControlled] uint wanted)
    {
        foreach (uint entry in _table)
        {
            if (entry >= wanted)
            {
                return;
            }
        }
    }

    public void Chain_with_a_budget([GuestControlled] uint next)
    {
        int budget = 48;
        while (next != 0 && budget-- > 0)
        {
            next = Guest.Read(next & 0xFF);
        }
    }

    public void Counter_beside_a_budget([GuestControlled] uint count)
    {
        uint budget = 16;
        for (uint index = 0; index < count && budget > 0; index++, budget--)
        {
            Trusted.Nothing();
        }
    }

    public void Broken_off_at_a_limit([GuestControlled] uint count)
    {
        for (uint index = 0; index < count; index++)
        {
            if (index == Trusted.Limit)
            {
                break;
            }
        }
    }

    public void Range_of_numbers([GuestControlled] int count)
    {
        foreach (int index in Enumerable.Range(0, {|SLU2005:count|}))
        {
            Trusted.Nothing();
        }
    }

    public void Chain_in_a_counted_loop([GuestControlled] uint next)
    {
        for (int budget = 48; budget > 0; budget--)
        {
            if (next == 0)
            {
                break;
            }

            next = Guest.Read(next);
        }
    }

    public void Wait_with_a_deadline([GuestControlled] uint next)
    {
        while (Guest.Read(0) != 0)
        {
            if (Environment.TickCount64 > 5)
            {
                break;
            }
        }
    }

    public void Shifted_down_to_nothing([GuestControlled] uint word)
    {
        while (word != 0)
        {
            word = word >> 1;
        }
    }

    public void Digits_of_a_number([GuestControlled] uint word)
    {
        do
        {
            word /= 10;
        }
        while (word > 0);
    }

    public void Chain_whose_links_are_masked([GuestControlled] uint next)
    {
        while ({|SLU2005:next|} != 0)
        {
            next = Guest.Read(next & 0xFF) & 0xFC;
        }
    }

    public void Inner_loop([GuestControlled] uint count)
    {
        for (int row = 0; row < 8; row++)
        {
            for (uint column = 0; column < {|SLU2005:count|}; column++)
            {
                Trusted.Nothing();
            }
        }
    }

    public void Outer_loop([GuestControlled] uint count)
    {
        for (uint row = 0; row < {|SLU2005:count|}; row++)
        {
            for (int column = 0; column < 8; column++)
            {
                Trusted.Nothing();
            }
        }
    }

    public void Wait_for_shared_memory([GuestControlled] ref uint flag)
    {
        while ({|SLU2005:System.Threading.Volatile.Read(ref flag)|} == 0)
        {
        }
    }

    public void Counter_down_by_a_pattern([GuestControlled] uint count)
    {
        while ({|SLU2005:count|} is not 0)
        {
            count--;
        }
    }

    public void Returned_from_by_a_comparison_the_other_way_round([GuestControlled] uint count)
    {
        uint index = 0;
        for (;;)
        {
            if ({|SLU2005:count|} <= index)
            {
                return;
            }

            index += 2;
        }
    }

    public void Start_and_length([GuestControlled] uint start, uint length)
    {
        for (uint index = start; index < {|SLU2005:start + length|}; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Wait_for_a_guests_answer()
    {
        while ({|SLU2005:IsBusy()|})
        {
        }
    }

    [return: GuestControlled]
    private static bool IsBusy() => true;

    public void Each_word_of_a_guests_span([GuestControlled] ReadOnlySpan<uint> words)
    {
        foreach (uint word in words)
        {
            _table[0] ^= word;
        }
    }

    public void Counter_in_a_lambda([GuestControlled] uint count)
    {
        Action run = () =>
        {
            for (uint index = 0; index < {|SLU2005:count|}; index++)
            {
                Trusted.Nothing();
            }
        };
        run();
    }

    public void Counter_around_a_try([GuestControlled] uint count)
    {
        for (uint index = 0; index < {|SLU2005:count|}; index++)
        {
            try
            {
                Trusted.Nothing();
            }
            finally
            {
                Trusted.Nothing();
            }
        }
    }

    public void From_the_guests_start_to_an_own_end([GuestControlled] uint start, ReadOnlySpan<uint> words)
    {
        for (uint index = start; index < words.Length; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Count_that_is_scaled([GuestControlled] uint count)
    {
        for (ulong index = 0; index < {|SLU2005:count * 8ul|}; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Counter_with_a_continue([GuestControlled] uint count)
    {
        for (uint index = 0; index < {|SLU2005:count|}; index++)
        {
            if (index == 3)
            {
                continue;
            }

            Trusted.Nothing();
        }
    }

    public void Wait_through_a_pointer([GuestControlled] uint* flag)
    {
        while ({|SLU2005:*flag|} == 0)
        {
        }
    }

    public void Wait_for_a_member_through_a_pointer([GuestControlled] Plain* flag)
    {
        while ({|SLU2005:flag->First|} == 0)
        {
        }
    }
}
