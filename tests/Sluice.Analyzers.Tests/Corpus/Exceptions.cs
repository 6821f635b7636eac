using System;
using Sluice.Registers;

namespace Corpus;

public class Exceptions
{
    private readonly object _gate = new();

    public void Checked_in_the_try([GuestControlled] uint value)
    {
        try
        {
            if (value >= 16)
            {
                return;
            }
        }
        finally
        {
            Trusted.Nothing();
        }

        Hardware.Store(value);
    }

    public void Used_in_the_finally([GuestControlled] uint value)
    {
        try
        {
            if (value >= 16)
            {
                return;
            }
        }
        finally
        {
            Hardware.Store([|value|]);
        }
    }

    public void Used_in_the_catch()
    {
        uint value = 0;
        try
        {
            value = Guest.Read(0);
            Trusted.Nothing();
            value = 0;
        }
        catch (InvalidOperationException)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Clean_in_the_catch([GuestControlled] uint given)
    {
        uint value = 0;
        try
        {
            Trusted.Combine(given);
        }
        catch (InvalidOperationException)
        {
            Hardware.Store(value);
        }
    }

    public void Written_in_the_finally([GuestControlled] uint given)
    {
        uint value = 0;
        try
        {
            Trusted.Nothing();
        }
        finally
        {
            value = given;
        }

        Hardware.Store([|value|]);
    }

    public void Masked_in_the_finally([GuestControlled] uint value)
    {
        try
        {
            Trusted.Nothing();
        }
        finally
        {
            value &= 3;
        }

        Hardware.Store(value);
    }

    public void Filter([GuestControlled] uint value)
    {
        try
        {
            Trusted.Nothing();
        }
        catch (InvalidOperationException) when (value < 16)
        {
            Hardware.Store(value);
        }
        catch (ArgumentException)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Under_a_lock([GuestControlled] uint value)
    {
        lock (_gate)
        {
            if (value >= 16)
            {
                return;
            }
        }

        Hardware.Store(value);
    }

    public void Under_a_using([GuestControlled] uint value, IDisposable scope)
    {
        using (scope)
        {
            if (value < 16)
            {
                Hardware.Store(value);
            }
        }

        Hardware.Store([|value|]);
    }

    public void Nested_finally([GuestControlled] uint value)
    {
        try
        {
            try
            {
                if (value >= 16)
                {
                    return;
                }
            }
            finally
            {
                Trusted.Nothing();
            }
        }
        finally
        {
            Trusted.Nothing();
        }

        Hardware.Store(value);
    }
}
