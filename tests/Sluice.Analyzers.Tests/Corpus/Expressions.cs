using System;
using Sluice.Registers;

namespace Corpus;

/// <summary>The forms in which C# lets a value be chosen, changed and taken apart.</summary>
public class Expressions
{
    private uint _kept;

    private static uint s_kept;

    public void Switch_expression_with_guards([GuestControlled] uint value)
    {
        uint chosen = value switch
        {
            < 4 => value,
            var other when other > 100 => 0,
            _ => 1,
        };
        Hardware.Store(chosen);
    }

    public void Switch_expression_with_a_guard_that_bounds([GuestControlled] uint value)
    {
        uint chosen = value switch
        {
            var other when other < Trusted.Limit => other,
            _ => 0,
        };
        Hardware.Store(chosen);
    }

    public void Switch_expression_whose_guard_bounds_the_wrong_way([GuestControlled] uint value)
    {
        uint chosen = value switch
        {
            var other when other >= Trusted.Limit => other,
            _ => 0,
        };
        Hardware.Store([|chosen|]);
    }

    public void Switch_expression_on_a_pair([GuestControlled] uint value, bool isOn)
    {
        uint chosen = (value, isOn) switch
        {
            ( < 8, true) => value,
            _ => 0,
        };
        Hardware.Store(chosen);
    }

    public void Switch_expression_on_a_pair_that_tests_the_other([GuestControlled] uint value, bool isOn)
    {
        uint chosen = (value, isOn) switch
        {
            (_, true) => value,
            _ => 0,
        };
        Hardware.Store([|chosen|]);
    }

    public void Switch_statement_with_a_relation_and_a_guard([GuestControlled] uint value, bool isOn)
    {
        switch (value)
        {
            case < 16 when isOn:
                Hardware.Store(value);
                break;
            case > 16:
                Hardware.Store([|value|]);
                break;
            default:
                break;
        }
    }

    public void Range_in_one_pattern([GuestControlled] int value)
    {
        if (value is >= 0 and <= 15)
        {
            Hardware.StoreSigned(value);
        }
    }

    public void Range_or_another([GuestControlled] int value)
    {
        if (value is (>= 0 and < 4) or (>= 8 and < 12))
        {
            Hardware.StoreSigned(value);
        }
    }

    public void Range_or_anything_above([GuestControlled] int value)
    {
        if (value is (>= 0 and < 4) or >= 8)
        {
            Hardware.StoreSigned([|value|]);
        }
    }

    public void Pair_of_which_one_is_the_guests([GuestControlled] uint value)
    {
        (uint first, uint second) = (value, Trusted.Limit);
        Hardware.Store([|first|]);
        Hardware.Store(second);
    }

    public void Pair_in_a_variable([GuestControlled] uint value)
    {
        (uint Number, uint Limit) pair = (value, Trusted.Limit);
        Hardware.Store([|pair.Number|]);
        Hardware.Store(pair.Limit);
    }

    public void Pair_that_is_checked([GuestControlled] uint value)
    {
        (uint Number, uint Limit) pair = (value, Trusted.Limit);
        if (pair.Number < pair.Limit)
        {
            Hardware.Store(pair.Number);
        }
    }

    public void Pair_copied_and_changed([GuestControlled] uint value)
    {
        (uint Number, uint Limit) pair = (value, 1);
        (uint Number, uint Limit) copy = pair;
        copy.Number = 2;
        Hardware.Store(copy.Number);
        Hardware.Store([|pair.Number|]);
    }

    public void Pair_given_back([GuestControlled] uint value)
    {
        (uint first, uint second) = Both(value);
        Hardware.Store([|first|]);
        Hardware.Store([|second|]);

        static (uint, uint) Both(uint number) => (number, number);
    }

    public void Field_of_a_pair_that_is_chosen([GuestControlled] uint value, bool isOn)
    {
        (uint Number, uint Limit) pair = (1, 2);
        pair.Number = isOn ? value : 0;
        Hardware.Store([|pair.Number|]);
        Hardware.Store(pair.Limit);
    }

    public void Field_of_a_struct_that_is_chosen([GuestControlled] uint value, bool isOn)
    {
        Plain plain = default;
        plain.First = isOn ? value : 0;
        Hardware.Store([|plain.First|]);
        Hardware.Store(plain.Second);
    }

    public void Switch_expression_on_a_pair_by_the_other_number([GuestControlled] uint value, [GuestControlled] uint other)
    {
        uint chosen = (value, other) switch
        {
            (_, < 8) => value,
            ( < 8, _) => value,
            _ => 0,
        };
        Hardware.Store([|chosen|]);
    }

    public void Swapped_in_one_assignment([GuestControlled] uint value)
    {
        uint other = 1;
        (value, other) = (other, value);
        Hardware.Store(value);
        Hardware.Store([|other|]);
    }

    public void Deconstructed_with_a_discard([GuestControlled] uint value)
    {
        (_, uint second) = (Trusted.Limit, value);
        Hardware.Store([|second|]);
    }

    public void Conditional_in_an_argument([GuestControlled] uint value) => Hardware.Store(value < 16 ? value : 0);

    public void Conditional_the_wrong_way([GuestControlled] uint value) => Hardware.Store([|value < 16 ? 0 : value|]);

    public void Conditional_in_a_conditional([GuestControlled] uint value, bool isOn)
        => Hardware.Store(isOn ? (value > 15 ? 15 : value) : 0);

    public void Coalesced([GuestControlled] uint? value) => Hardware.Store([|value ?? 0|]);

    public void Coalesced_in_place([GuestControlled] uint value)
    {
        uint? kept = null;
        kept ??= value;
        Hardware.Store([|kept.Value|]);
    }

    public void Value_of_a_nullable([GuestControlled] uint? value)
    {
        if (value is { } given)
        {
            Hardware.Store([|given|]);
        }
    }

    public void Value_of_a_nullable_that_is_bounded([GuestControlled] uint? value)
    {
        if (value is { } given and < 16)
        {
            Hardware.Store(given);
        }
    }

    public void Compound_and([GuestControlled] uint value)
    {
        value &= 0xF;
        Hardware.Store(value);
    }

    public void Compound_remainder([GuestControlled] uint value)
    {
        value %= Trusted.Limit;
        Hardware.Store(value);
    }

    public void Compound_add_after_the_check([GuestControlled] uint value, [GuestControlled] uint more)
    {
        if (value < 16)
        {
            value += more;
            Hardware.Store([|value|]);
        }
    }

    public void Compound_or_of_a_mask([GuestControlled] uint value)
    {
        uint word = 0x100;
        word |= value & 0xFF;
        Hardware.Store(word);
    }

    public void Compound_shift_of_the_guests_number([GuestControlled] uint value)
    {
        uint word = value;
        word <<= 4;
        Hardware.Store([|word|]);
    }

    public void Increment_after_the_check([GuestControlled] uint value)
    {
        if (value < 16)
        {
            value++;
            Hardware.Store(value);
        }
    }

    public void Increment_in_the_argument([GuestControlled] uint value) => Hardware.Store([|value++|]);

    public void Decrement_below_nothing([GuestControlled] uint value)
    {
        if (value < 16)
        {
            value--;
            Hardware.Store([|value|]);
        }
    }

    public void Decrement_of_what_is_not_zero([GuestControlled] uint value)
    {
        if (value is > 0 and < 16)
        {
            value--;
            Hardware.Store(value);
        }
    }

    public void Checked_sum_is_no_bound([GuestControlled] uint value) => Hardware.Store([|checked(value + 4)|]);

    public void Checked_narrowing_is_no_bound([GuestControlled] ulong value) => Hardware.Store([|checked((uint)value)|]);

    public void Cast_of_a_negative_number([GuestControlled] int value)
    {
        if (value < 16)
        {
            Hardware.Store([|(uint)value|]);
        }
    }

    public void Cast_before_the_comparison([GuestControlled] int value)
    {
        if ((uint)value < 16)
        {
            Hardware.StoreSigned(value);
        }
    }

    public void Promotion_to_a_wider_type([GuestControlled] uint value)
    {
        if ((ulong)value * 8 < Trusted.Size)
        {
            Hardware.Store(value);
        }
    }

    public void Product_that_can_wrap([GuestControlled] uint value)
    {
        if (value * 8 < Trusted.Limit)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Sum_in_a_wider_type([GuestControlled] uint address, [GuestControlled] uint length)
    {
        if ((ulong)address + length <= Trusted.Size)
        {
            Hardware.Dma(address, length);
        }
    }

    public void Sum_that_can_wrap([GuestControlled] uint address, [GuestControlled] uint length)
    {
        if (address + length <= Trusted.Limit)
        {
            Hardware.Dma([|address|], [|length|]);
        }
    }

    public void Sum_of_wide_numbers_that_can_wrap([GuestControlled] ulong address, [GuestControlled] uint length)
    {
        if (address + length <= Trusted.Size)
        {
            Hardware.Dma([|address|], [|length|]);
        }
    }

    public void Shift_in_a_wider_type([GuestControlled] uint page)
    {
        if ((ulong)page << 12 < Trusted.Size)
        {
            Hardware.Store(page);
        }
    }

    public void Promotion_of_a_signed_number([GuestControlled] int value)
    {
        if (value < Trusted.Limit)
        {
            Hardware.StoreSigned([|value|]);
        }
    }

    public void Short_circuit_and([GuestControlled] uint value, bool isOn)
    {
        if (isOn && value < 16 && Guest.TryFetch(out uint other))
        {
            Hardware.Store(value);
            Hardware.Store([|other|]);
        }
    }

    public void Short_circuit_or([GuestControlled] uint value, bool isOn)
    {
        if (isOn || value < 16)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Short_circuit_or_that_leaves([GuestControlled] uint value, bool isOn)
    {
        if (!isOn || value >= 16)
        {
            return;
        }

        Hardware.Store(value);
    }

    public void Use_on_the_right_of_and([GuestControlled] uint value) => _ = value < 16 && Stores(value);

    public void Use_on_the_right_of_or([GuestControlled] uint value) => _ = value < 16 || Stores([|value|]);

    public void Both_parts_are_evaluated([GuestControlled] uint value) => _ = value < 16 & Stores([|value|]);

    public void Continue_past_what_is_too_large(ReadOnlySpan<uint> unused)
    {
        for (uint index = 0; index < 4; index++)
        {
            uint word = Guest.Read(index);
            if (word >= Trusted.Limit)
            {
                continue;
            }

            Hardware.Store(word);
        }
    }

    public void Break_on_what_fits([GuestControlled] uint value)
    {
        while (true)
        {
            if (value < 16)
            {
                break;
            }

            value = Guest.Read(4);
        }

        Hardware.Store(value);
    }

    public void Break_on_what_does_not_fit([GuestControlled] uint value)
    {
        while (value < 16)
        {
            if (Trusted.Count == 8)
            {
                value = Guest.Read(0);
                break;
            }
        }

        Hardware.Store([|value|]);
    }

    public void Read_until_it_fits()
    {
        uint word;
        do
        {
            word = Guest.Read(0);
        }
        while (word > 15);
        Hardware.Store(word);
    }

    public void Read_again_at_the_end_of_each_round()
    {
        uint word = 0;
        do
        {
            Hardware.Store([|word|]);
            word = Guest.Read(0);
        }
        while (word > 15);
    }

    public void Assigned_in_the_condition()
    {
        uint word;
        if ((word = Guest.Read(0)) < 16)
        {
            Hardware.Store(word);
        }
    }

    public void Assigned_in_the_condition_and_used_anyway()
    {
        uint word;
        if ((word = Guest.Read(0)) < 16)
        {
            Trusted.Nothing();
        }

        Hardware.Store([|word|]);
    }

    public void Throw_in_an_expression([GuestControlled] uint value)
    {
        uint word = value < 16 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        Hardware.Store(word);
    }

    public void Name_of_the_value([GuestControlled] uint value) => Hardware.Store((uint)nameof(value).Length);

    public void Size_of_its_type([GuestControlled] uint value) => Hardware.Store(value == 0 ? sizeof(uint) : 0u);

    public void Length_of_its_text([GuestControlled] uint value) => Hardware.Store((uint)$"{value}".Length);

    public void Comparison_as_a_number([GuestControlled] uint value) => Hardware.Store(value > 16 ? 1u : 0u);

    public void Kept_in_an_own_field([GuestControlled] uint value)
    {
        _kept = value;
        Hardware.Store([|_kept|]);
    }

    public void Kept_in_a_static_field([GuestControlled] uint value)
    {
        s_kept = value;
        Hardware.Store([|s_kept|]);
    }

    public void Kept_in_a_static_field_that_is_checked([GuestControlled] uint value)
    {
        s_kept = value;
        if (s_kept < 16)
        {
            Hardware.Store(s_kept);
        }
    }

    public void Ref_to_one_of_two([GuestControlled] uint value, bool isFirst)
    {
        uint clean = 1;
        ref uint chosen = ref isFirst ? ref value : ref clean;
        Hardware.Store([|chosen|]);
    }

    public void In_parameter([GuestControlled] in uint value)
    {
        if (value < 16)
        {
            Hardware.Store(value);
        }
    }

    public void In_parameter_unchecked([GuestControlled] in uint value) => Hardware.Store([|value|]);

    public void Negated_number([GuestControlled] int value) => Hardware.StoreSigned([|-value|]);

    public void Complement([GuestControlled] uint value) => Hardware.Store([|~value|]);

    public void Complement_that_is_masked([GuestControlled] uint value) => Hardware.Store(~value & 0xF);

    public void Shifted_right_until_small([GuestControlled] uint value) => Hardware.Store([|value >> 16|]);

    public void Low_part_and_high_part([GuestControlled] ulong value)
    {
        Hardware.Store([|(uint)value|]);
        Hardware.Store([|(uint)(value >> 32)|]);
    }

    public void Whole_is_bounded_and_its_part_used([GuestControlled] ulong value)
    {
        if (value < Trusted.Size)
        {
            Hardware.Store((uint)value);
        }
    }

    public void Part_is_bounded_and_the_whole_used([GuestControlled] ulong value)
    {
        if ((uint)value < 16)
        {
            Hardware.StoreWide([|value|]);
        }
    }

    public void Not_equal_leaves([GuestControlled] uint value)
    {
        if (value != 3)
        {
            return;
        }

        Hardware.Store(value);
    }

    public void Equal_to_another_of_the_guest([GuestControlled] uint value, [GuestControlled] uint other)
    {
        if (value == other)
        {
            Hardware.Store([|value|]);
        }
    }

    private static bool Stores([HardwareSink] uint value) => value != 0;
}
