using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;

namespace Corpus;

/// <summary>Conditions that are called: helpers that throw, methods that do not return, comparisons and memberships by method.</summary>
public class Guards
{
    public void Thrown_if_it_is_large([GuestControlled] uint value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 16u);
        Hardware.Store(value);
    }

    public void Left_by_a_method_that_does_not_return([GuestControlled] uint value)
    {
        if (value >= 16)
        {
            Fail();
        }

        Hardware.Store(value);
    }

    public void Required_by_a_method([GuestControlled] uint value)
    {
        Require(value < 16);
        Hardware.Store(value);
    }

    public void Debug_assert_is_no_check([GuestControlled] uint value)
    {
        System.Diagnostics.Debug.Assert(value < 16);
        Hardware.Store([|value|]);
    }

    [DoesNotReturn]
    private static void Fail() => throw new InvalidOperationException();

    private static void Require([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException();
        }
    }

    public void Checked_on_one_way_and_set_on_the_other([GuestControlled] uint value, bool a)
    {
        if (a)
        {
            if (value > 10) { return; }
        }
        else
        {
            value = 3;
        }

        Hardware.Store(value);
    }

    public void Left_by_an_expression_that_does_not_return([GuestControlled] uint value) => Hardware.Store(value < 8 ? value : Thrown());

    [DoesNotReturn]
    private static uint Thrown() => throw new InvalidOperationException();

    public void Left_and_caught([GuestControlled] uint value)
    {
        try
        {
            if (value >= 8)
            {
                Fail();
            }
        }
        catch (InvalidOperationException)
        {
            Trusted.Nothing();
        }

        Hardware.Store([|value|]);
    }

    public void Two_conditions_in_steps_that_both_must_hold([GuestControlled] uint value)
    {
        bool bad = value > 8;
        bad &= value == 3;
        if (bad)
        {
            return;
        }

        Hardware.Store([|value|]);
    }

    public void Among_those_of_the_guest(List<uint> list, [GuestControlled] uint[] allowed, [GuestControlled] uint value)
    {
        if (allowed.AsSpan().Contains(value))
        {
            Hardware.Store([|value|]);
        }
    }

    public void Not_among_those_allowed(HashSet<uint> allowed, [GuestControlled] uint value)
    {
        if (!allowed.Contains(value))
        {
            Hardware.Store([|value|]);
        }
    }

    public void Equal_to_another_of_the_guests([GuestControlled] uint value, [GuestControlled] uint other)
    {
        if (value.Equals(other))
        {
            Hardware.Store([|value|]);
        }
    }

    public void Compared_by_method_the_wrong_way([GuestControlled] uint value)
    {
        if (value.CompareTo(16u) > 0)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Thrown_if_it_is_small([GuestControlled] uint value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 16u);
        Hardware.Store([|value|]);
    }

    public void Thrown_beyond_both_ends([GuestControlled] int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 16);
        Hardware.StoreSigned(value);
    }

    public void Thrown_beyond_the_upper_end_alone([GuestControlled] int value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 16);
        Hardware.StoreSigned([|value|]);
    }

    public void Compared_by_method([GuestControlled] uint value)
    {
        if (value.CompareTo(16u) < 0)
        {
            Hardware.Store(value);
        }
    }

    public void Equal_by_method([GuestControlled] uint value)
    {
        if (value.Equals(16u))
        {
            Hardware.Store(value);
        }
    }

    public void Bounds_in_loop_break([GuestControlled] uint value)
    {
        while (true)
        {
            if (value < 8)
            {
                break;
            }

            value /= 2;
        }

        Hardware.Store(value);
    }

    public void Post_increment_check([GuestControlled] uint value)
    {
        if (value++ < 8)
        {
            Hardware.Store(value);
        }
    }

    public void Bound_in_while([GuestControlled] uint value)
    {
        while (value >= 8)
        {
            value -= 8;
        }

        Hardware.Store(value);
    }

    public void Two_conditions_in_steps([GuestControlled] uint value)
    {
        bool bad = value > 8;
        bad |= value == 3;
        if (bad)
        {
            return;
        }

        Hardware.Store(value);
    }

    public void Looked_up_in_an_own_table(Dictionary<uint, uint> table, [GuestControlled] uint value)
    {
        if (table.TryGetValue(value, out uint mapped))
        {
            Hardware.Store(mapped);
        }
    }

    public void Place_in_an_own_table(ReadOnlySpan<uint> table, [GuestControlled] uint value)
    {
        int index = table.IndexOf(value);
        if (index >= 0)
        {
            Hardware.StoreSigned(index);
        }
    }

    public void Among_those_of_a_span(ReadOnlySpan<uint> allowed, [GuestControlled] uint value)
    {
        if (allowed.Contains(value))
        {
            Hardware.Store(value);
        }
    }

    public void Among_those_of_a_set(HashSet<uint> allowed, [GuestControlled] uint value)
    {
        if (allowed.Contains(value))
        {
            Hardware.Store(value);
        }
    }
}
