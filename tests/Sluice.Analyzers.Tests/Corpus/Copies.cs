using Sluice.Registers;

namespace Corpus;

public class Copies
{
    private uint _kept;

    public void Through_a_local([GuestControlled] uint value)
    {
        uint copy = value;
        Hardware.Store([|copy|]);
    }

    public void Checked_copy_bounds_the_original([GuestControlled] uint value)
    {
        uint copy = value;
        if (copy < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Checked_original_bounds_the_copy([GuestControlled] uint value)
    {
        uint copy = value;
        if (value < 16)
        {
            Hardware.Store(copy);
        }
    }

    public void Original_changed_after_the_copy([GuestControlled] uint value)
    {
        uint copy = value;
        value = Guest.Read(0);
        if (copy < 16)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Copy_of_a_call()
    {
        uint first = Guest.Read(0);
        uint second = first;
        if (second < 16)
        {
            Hardware.Store(first);
        }
    }

    public void Two_reads_are_two_values()
    {
        uint first = Guest.Read(0);
        uint second = Guest.Read(0);
        if (second < 16)
        {
            Hardware.Store([|first|]);
        }
    }

    public void Assigned_twice_in_one_statement()
    {
        uint first;
        uint second = first = Guest.Read(0);
        if (first < 16)
        {
            Hardware.Store(second);
        }
    }

    public void Assigned_in_the_condition()
    {
        uint value;
        if ((value = Guest.Read(0)) < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Overwritten([GuestControlled] uint value)
    {
        uint copy = value;
        copy = 3;
        Hardware.Store(copy);
    }

    public void Copy_of_a_cast([GuestControlled] ulong value)
    {
        uint low = (uint)value;
        if (low < 16)
        {
            Hardware.Store(low);
            Hardware.StoreWide([|value|]);
        }
    }

    public void Widened_copy([GuestControlled] uint value)
    {
        ulong wide = value;
        if (wide < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Field_of_this_checked_and_used([GuestControlled] uint value)
    {
        _kept = value;
        if (_kept < 16)
        {
            Hardware.Store(_kept);
        }
    }

    public void Swapped([GuestControlled] uint value)
    {
        uint first = value;
        uint second = 0;
        (first, second) = (second, first);
        Hardware.Store(first);
        Hardware.Store([|second|]);
    }

    public void Tuple([GuestControlled] uint value)
    {
        (uint first, uint second) = (1u, value);
        Hardware.Store(first);
        Hardware.Store([|second|]);
    }

    public void Tuple_as_a_whole([GuestControlled] uint value)
    {
        (uint First, uint Second) pair = (1u, value);
        Hardware.Store([|pair.Second|]);
    }

    public void Ref_local([GuestControlled] uint value)
    {
        uint target = 0;
        ref uint alias = ref target;
        alias = value;
        Hardware.Store([|target|]);
    }

    public void Ref_local_that_is_checked([GuestControlled] uint value)
    {
        ref uint alias = ref value;
        if (alias < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Through_a_pointer([GuestControlled] uint value)
    {
        unsafe
        {
            uint* pointer = &value;
            Hardware.Store([|*pointer|]);
        }
    }
}
