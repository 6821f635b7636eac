using System;
using Sluice.Registers;

namespace Corpus;

public class Functions
{
    public void Captured_by_a_lambda([GuestControlled] uint value)
    {
        Action action = () => Hardware.Store([|value|]);
        action();
    }

    public void Checked_before_the_lambda([GuestControlled] uint value)
    {
        if (value >= 16)
        {
            return;
        }

        Action action = () => Hardware.Store(value);
        action();
    }

    public void Checked_in_the_lambda([GuestControlled] uint value)
    {
        Action action = () =>
        {
            if (value < 16)
            {
                Hardware.Store(value);
            }
        };
        action();
    }

    public void Parameter_of_a_lambda()
    {
        Action<uint> action = ([GuestControlled] uint value) => Hardware.Store([|value|]);
        action(3);
    }

    public void Local_function([GuestControlled] uint value)
    {
        Use(value);

        static void Use(uint given) => Hardware.Store([|given|]);
    }

    public void Local_function_given_something_clean([GuestControlled] uint value)
    {
        Use(value & 3);

        static void Use(uint given) => Hardware.Store(given);
    }

    public void Local_function_given_both([GuestControlled] uint value)
    {
        Use(3);
        Use(value);

        static void Use(uint given) => Hardware.Store([|given|]);
    }

    public void Local_function_that_captures([GuestControlled] uint value)
    {
        Use();

        void Use() => Hardware.Store([|value|]);
    }

    public void Local_function_that_returns_it([GuestControlled] uint value)
    {
        Hardware.Store([|Twice(value)|]);

        static uint Twice(uint given) => given * 2;
    }

    public void Local_function_that_returns_it_masked([GuestControlled] uint value)
    {
        Hardware.Store(Low(value));

        static uint Low(uint given) => given & 3;
    }

    public void Local_function_that_writes_a_variable()
    {
        uint value = 0;
        Fetch();
        Hardware.Store([|value|]);

        void Fetch() => value = Guest.Read(0);
    }

    public void Local_function_that_calls_another([GuestControlled] uint value)
    {
        First(value);

        static void First(uint given) => Second(given);

        static void Second(uint given) => Hardware.Store([|given|]);
    }

    public void Recursion([GuestControlled] uint value)
    {
        Down(value, 3);

        static void Down(uint given, uint depth)
        {
            if (depth > 0)
            {
                Down(given, depth - 1);
            }

            Hardware.Store([|given|]);
        }
    }

    public void Result_of_a_lambda([GuestControlled] uint value)
    {
        Func<uint> function = () => value;
        Hardware.Store([|function()|]);
    }

    public void Parameter_of_a_lambda_that_is_called([GuestControlled] uint value)
    {
        Action<uint> action = given => Hardware.Store([|given|]);
        action(value);
    }
}
