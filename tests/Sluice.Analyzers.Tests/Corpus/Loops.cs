using System;
using Sluice.Registers;

namespace Corpus;

public class Loops
{
    public void Carried_around()
    {
        uint value = 0;
        for (int round = 0; round < 4; round++)
        {
            Hardware.Store([|value|]);
            value = Guest.Read(0);
        }
    }

    public void Clean_around()
    {
        uint value = 0;
        for (int round = 0; round < 4; round++)
        {
            Hardware.Store(value);
            value = Guest.Read(0) & 0xF;
        }
    }

    public void Checked_in_each_round()
    {
        while (true)
        {
            uint value = Guest.Read(0);
            if (value >= 16)
            {
                break;
            }

            Hardware.Store(value);
        }
    }

    public void Checked_before_the_loop_and_read_in_it()
    {
        uint value = Guest.Read(0);
        if (value >= 16)
        {
            return;
        }

        do
        {
            Hardware.Store([|value|]);
            value = Guest.Read(4);
        }
        while (Hardware.Status() != 0);
    }

    public void Condition_of_the_loop([GuestControlled] uint value)
    {
        while (value < 16)
        {
            Hardware.Store(value);
            value = Guest.Read(0);
        }

        Hardware.Store([|value|]);
    }

    public void Continue()
    {
        for (int round = 0; round < 4; round++)
        {
            uint value = Guest.Read(0);
            if (value >= 16)
            {
                continue;
            }

            Hardware.Store(value);
        }
    }

    public void Counter_up_to_a_guests_count([GuestControlled] uint count)
    {
        for (uint index = 0; index < count; index++)
        {
            Hardware.Store(index);
        }
    }

    public void Sum_in_a_loop([GuestControlled] ReadOnlySpan<uint> values)
    {
        uint sum = 0;
        foreach (uint value in values)
        {
            sum += value;
        }

        Hardware.Store([|sum|]);
    }

    public void Elements([GuestControlled] ReadOnlySpan<uint> values)
    {
        foreach (uint value in values)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Elements_of_an_array([GuestControlled] uint[] values)
    {
        foreach (uint value in values)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Elements_that_are_checked([GuestControlled] uint[] values)
    {
        foreach (uint value in values)
        {
            if (value < 16)
            {
                Hardware.Store(value);
            }
        }
    }

    public void Previous_value_is_checked_but_the_next_is_used()
    {
        uint previous = 0;
        for (int round = 0; round < 4; round++)
        {
            uint next = Guest.Read(0);
            if (previous < 16)
            {
                Hardware.Store([|next|]);
            }

            previous = next;
        }
    }

    public void Steps_down_to_zero([GuestControlled] uint value)
    {
        if (value > 16)
        {
            return;
        }

        while (value > 0)
        {
            value--;
            Hardware.Store(value);
        }
    }

    public void Steps_down_past_zero([GuestControlled] uint value)
    {
        if (value > 16)
        {
            return;
        }

        value--;
        Hardware.Store([|value|]);
    }
}
