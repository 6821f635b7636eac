using System;
using Sluice.Registers;

namespace Corpus;

/// <summary>Patterns, copies and numbers of every kind.</summary>
public class Shapes([GuestControlled] uint given, GuestValue word)
{
    private readonly uint _kept = given;

    public void Primary_guest_value() => Hardware.Store([|(uint)word.Untrusted|]);

    public void Min_of_guest_and_bounded([GuestControlled] uint value, [GuestControlled] uint other)
    {
        if (other < 16)
        {
            Hardware.Store(Math.Min(value, other));
        }
    }

    public void List_pattern([GuestControlled] uint[] words)
    {
        if (words is [var first, ..])
        {
            Hardware.Store([|first|]);
        }
    }

    public void List_pattern_bounded([GuestControlled] uint[] words)
    {
        if (words is [< 16 and var first, ..])
        {
            Hardware.Store(first);
        }
    }

    public void Var_pattern([GuestControlled] uint value)
    {
        if (value is var copy and < 16)
        {
            Hardware.Store(copy);
        }
    }

    public void Nullable([GuestControlled] uint? value)
    {
        if (value is { } number)
        {
            Hardware.Store([|number|]);
        }
    }

    public void Nullable_bounded([GuestControlled] uint? value)
    {
        if (value is < 16)
        {
            Hardware.Store(value.Value);
        }
    }

    public void Nullable_bounded_pattern([GuestControlled] uint? value)
    {
        if (value is { } number && number < 16)
        {
            Hardware.Store(number);
        }
    }

    public void Collection_expression([GuestControlled] uint value)
    {
        Span<uint> words = [1, value];
        Hardware.Store([|words[1]|]);
    }

    public void Spread([GuestControlled] uint[] values)
    {
        uint[] words = [1, .. values];
        Hardware.Store([|words[1]|]);
    }

    public void Null_coalescing_assign([GuestControlled] uint value)
    {
        uint? own = null;
        own ??= value;
        Hardware.Store([|own.Value|]);
    }

    public void Conditional_access([GuestControlled] uint[]? values) => Hardware.Store([|values?[0] ?? 0|]);

    public void Tuple_in_a_tuple([GuestControlled] uint value)
    {
        (uint first, (uint second, uint third)) = (1u, (2u, value));
        Hardware.Store(first);
        Hardware.Store(second);
        Hardware.Store([|third|]);
    }

    public void Switch_statement_ranges([GuestControlled] int value)
    {
        switch (value)
        {
            case >= 0 and < 8:
                Hardware.StoreSigned(value);
                break;
            case > 100:
                Hardware.StoreSigned([|value|]);
                break;
            default:
                break;
        }
    }

    public void Switch_expression_throws([GuestControlled] uint value) => Hardware.Store(value switch
    {
        < 8 => value,
        _ => throw new InvalidOperationException(),
    });

    public void Switch_when([GuestControlled] uint value, bool ready)
    {
        switch (value)
        {
            case < 8 when ready:
                Hardware.Store(value);
                break;
            case var other when other < 16:
                Hardware.Store(other);
                break;
            case var other:
                Hardware.Store([|other|]);
                break;
        }
    }

    public void Native_integer([GuestControlled] nuint value)
    {
        if (value < 16)
        {
            Hardware.Store((uint)value);
        }

        Hardware.Store([|(uint)value|]);
    }

    public void Integer_of_128_bits([GuestControlled] UInt128 value) => Hardware.StoreWide([|(ulong)value|]);

    public void Checked_cast_is_no_bound([GuestControlled] ulong value) => Hardware.Store([|checked((uint)value)|]);

    public void Bounded_then_checked_cast([GuestControlled] long value)
    {
        if (value is >= 0 and < 16)
        {
            Hardware.Store(checked((uint)value));
        }
    }

    public void Field_of_a_primary_constructors_parameter() => Hardware.Store({|miss:_kept|});

    public void Case_that_goes_to_another([GuestControlled] uint value)
    {
        switch (value)
        {
            case < 4:
                goto case 4;
            case 4:
                Hardware.Store(value);
                break;
            default:
                break;
        }
    }

    public void Out_var_in_condition([GuestControlled] uint value)
    {
        if (Clean.Try(value, out uint index) && index < 4)
        {
            Hardware.Store(index);
        }
    }

    public void Converted([GuestControlled] ulong value) => Hardware.Store([|Convert.ToUInt32(value)|]);

    public void Nested_struct_copy([GuestControlled] uint value)
    {
        Plain a = new() { First = value, Second = 3 };
        Plain b = a;
        Hardware.Store(b.Second);
        Hardware.Store([|b.First|]);
    }

    public void Target_typed_new_with_an_initializer([GuestControlled] uint value)
    {
        Plain a = new() { First = value, Second = 3 };
        Hardware.Store(a.Second);
    }

    public void New_with_an_initializer([GuestControlled] uint value)
    {
        Plain a = new Plain() { First = value };
        Hardware.Store(a.Second);
    }

    public void Initializer_in_another_order([GuestControlled] uint value)
    {
        Plain a = new Plain { Second = 3, First = value };
        Plain b;
        b = a;
        Hardware.Store(b.Second);
    }

    public void Copy_of_one_member([GuestControlled] uint value)
    {
        Plain a = default;
        a.First = value;
        Plain b = a;
        Hardware.Store(b.Second);
    }

    public void Copy_of_both_members([GuestControlled] uint value)
    {
        Plain a = default;
        a.First = value;
        a.Second = 3;
        Plain b = a;
        Hardware.Store(b.Second);
    }

    public void Copy_of_both_members_read([GuestControlled] uint value)
    {
        Plain a = default;
        a.First = value;
        a.Second = 3;
        Plain b = a;
        Hardware.Store(b.Second);
        Hardware.Store([|b.First|]);
    }

    public void Index_from_the_end_within_limits([GuestControlled] int n, uint[] table)
    {
        if (n is > 0 and < 8)
        {
            Index index = ^n;
            Hardware.Store(table[index]);
        }
    }

    public void Min_of_two_guests_signed([GuestControlled] int value, [GuestControlled] int other)
    {
        if (other is >= 0 and < 16)
        {
            Hardware.StoreSigned([|Math.Min(value, other)|]);
        }
    }

    public void Boolean_of_the_guest([GuestControlled] bool flag) => Hardware.Store(flag ? 1u : 0u);

    public void Max_only([GuestControlled] uint value) => Hardware.Store([|Math.Max(value, 4u)|]);

    public void Max_then_min([GuestControlled] uint value) => Hardware.Store(Math.Min(Math.Max(value, 4u), 16u));

    public void Clamp_by_guest([GuestControlled] uint value, [GuestControlled] uint top) => Hardware.Store([|Math.Clamp(value, 0u, top)|]);

    public void Generic_clamp([GuestControlled] uint value) => Hardware.Store(uint.Clamp(value, 0u, 4u));

    public void Shift_and_or([GuestControlled] uint value) => Hardware.Store([|value << 2 | 1|]);

    public void Inverted_mask([GuestControlled] uint value) => Hardware.Store([|value & ~3u|]);

    public void Modulo_guest([GuestControlled] uint value, [GuestControlled] uint by) => Hardware.Store([|value % by|]);

    public void Try_finally_reassign([GuestControlled] uint value)
    {
        uint own = 0;
        try
        {
            own = value;
        }
        finally
        {
            own &= 7;
        }

        Hardware.Store(own);
    }

    public void Swap_via_tuple_check([GuestControlled] uint a, uint b)
    {
        (a, b) = (b, a);
        Hardware.Store(a);
        Hardware.Store([|b|]);
    }

    public void Reference_to_a_parameter([GuestControlled] ref uint value)
    {
        ref uint alias = ref value;
        if (alias < 8)
        {
            Hardware.Store(value);
        }
    }

    public void Enum_switch([GuestControlled] uint value)
    {
        Kind kind = (Kind)value;
        Hardware.StoreKind(kind switch
        {
            Kind.First => Kind.First,
            Kind.Second => Kind.Second,
            _ => Kind.None,
        });
    }

    public void Enum_isdefined_generic([GuestControlled] uint value)
    {
        Kind kind = (Kind)value;
        if (!Enum.IsDefined(kind))
        {
            return;
        }

        Hardware.StoreKind(kind);
    }

    public void Xor_mask([GuestControlled] uint value) => Hardware.Store([|value ^ 0xFF|]);

    public void Local_const_bound([GuestControlled] uint value)
    {
        const uint limit = 8;
        if (value is > 2 and < limit)
        {
            Hardware.Store(value);
        }
    }

    public void Generic_math<T>([GuestControlled] T value) where T : System.Numerics.IBinaryInteger<T> => Hardware.Store([|uint.CreateTruncating(value)|]);

    public void Nullable_get_value([GuestControlled] uint? value) => Hardware.Store([|value.GetValueOrDefault()|]);

    public void Logarithm([GuestControlled] uint value) => Hardware.StoreSigned(System.Numerics.BitOperations.Log2(value));
}
