using Sluice.Registers;

namespace Corpus;

public class LoopBounds
{
    public void Counter([GuestControlled] uint count)
    {
        for (uint index = 0; index < {|SLU2005:count|}; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Counter_on_the_other_side([GuestControlled] uint count)
    {
        uint index = 0;
        while ({|SLU2005:count|} > index)
        {
            index++;
        }
    }

    public void Counter_at_the_end([GuestControlled] uint count)
    {
        uint index = 0;
        do
        {
            index++;
        }
        while (index <= {|SLU2005:count|});
    }

    public void Counter_down([GuestControlled] uint count)
    {
        while ({|SLU2005:count|} > 0)
        {
            count--;
        }
    }

    public void Counter_down_by_a_chunk([GuestControlled] uint length)
    {
        while ({|SLU2005:length|} >= 4)
        {
            length -= 4;
        }
    }

    public void Counter_that_is_wider([GuestControlled] uint count)
    {
        for (int index = 0; index < {|SLU2005:count|}; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Condition_of_two_parts([GuestControlled] uint count, bool isOpen)
    {
        for (uint index = 0; isOpen && index < {|SLU2005:count|}; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Count_that_was_compared([GuestControlled] uint count)
    {
        if (count > Trusted.Limit)
        {
            return;
        }

        for (uint index = 0; index < count; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Counter_with_a_limit_of_its_own([GuestControlled] uint count)
    {
        for (uint index = 0; index < count && index < Trusted.Limit; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Count_of_eight_bits([GuestControlled] byte count)
    {
        for (uint index = 0; index < count; index++)
        {
            Trusted.Nothing();
        }
    }

    public void Bits_of_a_word([GuestControlled] uint word)
    {
        while (word > 0)
        {
            word >>= 1;
        }
    }

    public void Lowest_bits_of_a_word([GuestControlled] uint word)
    {
        while (word != 0)
        {
            word &= word - 1;
        }
    }

    public void Value_that_is_waited_for()
    {
        while ({|SLU2005:Guest.Read(0)|} < 8)
        {
            Trusted.Nothing();
        }
    }

    public bool Comparison_outside_of_a_condition([GuestControlled] uint count)
    {
        bool isMany = false;
        while (!isMany)
        {
            isMany = Trusted.Limit < count;
        }

        return isMany;
    }
}
