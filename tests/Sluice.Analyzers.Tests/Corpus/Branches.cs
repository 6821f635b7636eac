using Sluice.Registers;

namespace Corpus;

public class Branches
{
    public void Early_return([GuestControlled] uint value)
    {
        if (value >= 16)
        {
            return;
        }

        Hardware.Store(value);
    }

    public void Inside_the_branch([GuestControlled] uint value)
    {
        if (value < Trusted.Limit)
        {
            Hardware.Store(value);
        }
    }

    public void Less_or_equal([GuestControlled] uint value)
    {
        if (value <= 16)
        {
            Hardware.Store(value);
        }
    }

    public void Wrong_branch([GuestControlled] uint value)
    {
        if (value < 16)
        {
            return;
        }

        Hardware.Store([|value|]);
    }

    public void Bound_on_the_left([GuestControlled] uint value)
    {
        if (16 > value)
        {
            Hardware.Store(value);
        }
    }

    public void Bound_by_a_property([GuestControlled] uint value)
    {
        if (value < Trusted.Count)
        {
            Hardware.Store(value);
        }
    }

    public void Bound_by_the_guest([GuestControlled] uint value, [GuestControlled] uint limit)
    {
        if (value < limit)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Bound_by_a_bounded_value([GuestControlled] uint value, [GuestControlled] uint limit)
    {
        if (limit < 32 && value < limit)
        {
            Hardware.Store(value);
        }
    }

    public void Equal_to_something_trusted([GuestControlled] uint value)
    {
        if (value == Trusted.Limit)
        {
            Hardware.Store(value);
        }
    }

    public void Not_equal([GuestControlled] uint value)
    {
        if (value != 0)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Not_equal_and_gone([GuestControlled] uint value)
    {
        if (value != 3)
        {
            return;
        }

        Hardware.Store(value);
    }

    public void Signed_upper_bound_only([GuestControlled] int value)
    {
        if (value < 16)
        {
            Hardware.StoreSigned([|value|]);
        }
    }

    public void Signed_both_bounds([GuestControlled] int value)
    {
        if (value >= 0 && value < 16)
        {
            Hardware.StoreSigned(value);
        }
    }

    public void Signed_both_bounds_negated([GuestControlled] int value)
    {
        if (value < 0 || value >= 16)
        {
            return;
        }

        Hardware.StoreSigned(value);
    }

    public void Signed_through_one_unsigned_comparison([GuestControlled] int value)
    {
        if ((uint)value < 16)
        {
            Hardware.StoreSigned(value);
        }
    }

    public void Signed_then_cast([GuestControlled] int value)
    {
        if (value < 16)
        {
            Hardware.Store([|(uint)value|]);
        }
    }

    public void Truncated_before_the_comparison([GuestControlled] ulong value)
    {
        if ((uint)value < 16)
        {
            Hardware.StoreWide([|value|]);
        }
    }

    public void Truncated_in_both_places([GuestControlled] ulong value)
    {
        if ((uint)value < 16)
        {
            Hardware.Store((uint)value);
        }
    }

    public void Compared_then_truncated([GuestControlled] ulong value)
    {
        if (value < 16)
        {
            Hardware.Store((uint)value);
        }
    }

    public void Promoted_byte([GuestControlled] byte value)
    {
        if (value < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Conjunction([GuestControlled] uint first, [GuestControlled] uint second)
    {
        if (first < 16 && second < 16)
        {
            Hardware.Store(first);
            Hardware.Store(second);
        }
    }

    public void Disjunction([GuestControlled] uint first, [GuestControlled] uint second)
    {
        if (first < 16 || second < 16)
        {
            Hardware.Store([|first|]);
            Hardware.Store([|second|]);
        }
    }

    public void Disjunction_of_what_is_refused([GuestControlled] uint first, [GuestControlled] uint second)
    {
        if (first >= 16 || second >= 16)
        {
            return;
        }

        Hardware.Store(first);
        Hardware.Store(second);
    }

    public void Negated([GuestControlled] uint value)
    {
        if (!(value < 16))
        {
            return;
        }

        Hardware.Store(value);
    }

    public void Both_sides_without_short_circuit([GuestControlled] uint first, [GuestControlled] uint second)
    {
        if (first < 16 & second < 16)
        {
            Hardware.Store(first);
            Hardware.Store(second);
        }
    }

    public void Condition_in_a_local([GuestControlled] uint value)
    {
        bool isSmall = value < 16;
        if (isSmall)
        {
            Hardware.Store(value);
        }
    }

    public void Two_conditions_in_one_local([GuestControlled] uint first, [GuestControlled] uint second)
    {
        bool areSmall = first < 16 && second < 16;
        if (!areSmall)
        {
            return;
        }

        Hardware.Store(first);
        Hardware.Store(second);
    }

    public void Condition_in_a_local_that_is_stale([GuestControlled] uint value)
    {
        bool isSmall = value < 16;
        value = Guest.Read(0);
        if (isSmall)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Condition_set_by_steps([GuestControlled] uint value)
    {
        bool isSmall = false;
        if (value < 16)
        {
            isSmall = true;
        }

        if (isSmall)
        {
            Hardware.Store(value);
        }
    }

    public void Two_locals_of_conditions([GuestControlled] uint first, [GuestControlled] uint second)
    {
        bool one = first < 16;
        bool two = second < 16;
        if (one)
        {
            if (two)
            {
                Hardware.Store(first);
                Hardware.Store(second);
            }
        }
    }

    public void Ternary([GuestControlled] uint value) => Hardware.Store(value < 16 ? value : 0);

    public void Ternary_the_wrong_way([GuestControlled] uint value) => Hardware.Store([|value < 16 ? 0 : value|]);

    public void Assigned_in_one_branch([GuestControlled] uint value, bool choice)
    {
        uint used = 0;
        if (choice)
        {
            used = value;
        }

        Hardware.Store([|used|]);
    }

    public void Cut_in_one_branch([GuestControlled] uint value)
    {
        if (value > 16)
        {
            value = 16;
        }

        Hardware.Store(value);
    }

    public void Bounded_in_one_branch_only([GuestControlled] uint value, bool choice)
    {
        if (choice)
        {
            if (value >= 16)
            {
                return;
            }
        }

        Hardware.Store([|value|]);
    }

    public void Shifted_in_the_comparison([GuestControlled] uint value)
    {
        if (value >> 4 < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Distance_in_the_comparison([GuestControlled] ulong value)
    {
        if (value - Trusted.Base < Trusted.Size)
        {
            Hardware.StoreWide(value);
        }
    }

    public void Sum_in_the_comparison([GuestControlled] ulong value)
    {
        if (value + 16 < Trusted.Size)
        {
            Hardware.StoreWide([|value|]);
        }
    }

    public void High_bits_are_zero([GuestControlled] ulong value)
    {
        if ((value & ~0xFFFul) == 0)
        {
            Hardware.StoreWide(value);
        }
    }

    public void Low_bits_are_zero([GuestControlled] ulong value)
    {
        if ((value & 0xFFFul) == 0)
        {
            Hardware.StoreWide([|value|]);
        }
    }

    public void Read_again_after_the_check()
    {
        if (Guest.Read(0) < 16)
        {
            Hardware.Store([|Guest.Read(0)|]);
        }
    }

    public void Guest_value_is_the_same_when_read_again(GuestValue value)
    {
        if (value.Untrusted < 16)
        {
            Hardware.StoreWide(value.Untrusted);
        }
    }

    public void Guest_value_assigned_after_the_check(GuestValue value, GuestValue other)
    {
        if (value.Untrusted < 16)
        {
            value = other;
            Hardware.StoreWide([|value.Untrusted|]);
        }
    }

    public void Shared_field_after_somebody_else_ran()
    {
        if (Guest.Word < 16)
        {
            Trusted.Nothing();
            Hardware.Store([|Guest.Word|]);
        }
    }

    public void Goto([GuestControlled] uint value)
    {
        if (value >= 16)
        {
            goto done;
        }

        Hardware.Store(value);
    done:
        Trusted.Nothing();
    }

    public void Goto_around_the_check([GuestControlled] uint value, bool choice)
    {
        if (choice)
        {
            goto use;
        }

        if (value >= 16)
        {
            return;
        }

    use:
        Hardware.Store([|value|]);
    }

    public void Thrown_out([GuestControlled] uint value)
    {
        if (value >= 16)
        {
            throw new System.ArgumentOutOfRangeException(nameof(value));
        }

        Hardware.Store(value);
    }

    public void Unreachable([GuestControlled] uint value)
    {
        const bool never = false;
        if (never)
        {
            Hardware.Store(value);
        }
    }

    public void Coalesced([GuestControlled] uint value, uint? other) => Hardware.Store([|other ?? value|]);

    public void Compared_with_a_boolean_constant([GuestControlled] uint value)
    {
        if ((value < 16) == false)
        {
            return;
        }

        Hardware.Store(value);
    }
}
