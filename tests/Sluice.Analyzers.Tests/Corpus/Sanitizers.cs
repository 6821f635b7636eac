using System;
using Sluice.Registers;

namespace Corpus;

public class Sanitizers
{
    public void Mask_of_guest_value(GuestValue value) => Hardware.StoreWide(value.Mask(0xFF));

    public void Try_index(GuestValue value)
    {
        if (value.TryIndex(8, out uint index))
        {
            Hardware.Store(index);
        }
    }

    public void Try_range_early_return(GuestValue value)
    {
        if (!value.TryRange(4, 8, out ulong number))
        {
            return;
        }

        Hardware.StoreWide(number);
    }

    public void Try_within_a_window(GuestAddress address)
    {
        if (address.TryWithin(0x4000_0000, 0x1000, 4, out ulong offset))
        {
            Hardware.StoreWide(Trusted.Base + offset);
        }
    }

    public void Result_kept_in_a_local(GuestValue value)
    {
        bool isIndex = value.TryIndex(8, out uint index);
        if (isIndex)
        {
            Hardware.Store(index);
        }
    }

    public void Two_tests_in_one_condition(GuestValue value, GuestAddress address)
    {
        if (value.TryIndex(8, out uint index) && address.TryWithin(0, 16, 4, out ulong offset))
        {
            Hardware.Store(index);
            Hardware.StoreWide(offset);
        }
    }

    public void Either_of_two_tests([GuestControlled] uint first, [GuestControlled] uint second)
    {
        if (Clean.Try(first, out uint one) | Clean.Try(second, out uint two))
        {
            Hardware.Store([|one|]);
            Hardware.Store([|two|]);
        }
    }

    public void Annotated_method([GuestControlled] uint value) => Hardware.Store(Clean.Mask(value));

    public void Annotated_method_tested([GuestControlled] uint value)
    {
        if (Clean.Try(value, out uint index))
        {
            Hardware.Store(index);
        }
    }

    public void Annotated_method_not_tested([GuestControlled] uint value)
    {
        Clean.Try(value, out uint index);
        Hardware.Store([|index|]);
    }

    public void Annotated_method_on_the_wrong_branch([GuestControlled] uint value)
    {
        if (!Clean.Try(value, out uint index))
        {
            Hardware.Store([|index|]);
        }
    }

    public void Annotated_method_cleans_its_out_and_not_its_argument([GuestControlled] uint value)
    {
        if (Clean.Try(value, out _))
        {
            Hardware.Store([|value|]);
        }
    }

    public void Annotated_parameter_not_tested(GuestValue value)
    {
        value.TryIndex(8, out uint index);
        Hardware.Store(index);
    }

    public void Annotated_method_without_result([GuestControlled] uint value)
    {
        Clean.Give(value, out uint index);
        Hardware.Store(index);
    }

    public void Constant_mask([GuestControlled] uint value) => Hardware.Store(value & 0x3F);

    public void Constant_mask_on_the_left([GuestControlled] uint value) => Hardware.Store(Trusted.Mask & value);

    public void Trusted_mask([GuestControlled] uint value) => Hardware.Store(value & Trusted.Limit);

    public void Mask_of_the_guest([GuestControlled] uint value, [GuestControlled] uint mask) => Hardware.Store([|value & mask|]);

    public void Mask_that_lets_all_through([GuestControlled] uint value) => Hardware.Store([|value & 0xFFFF_FFFF|]);

    public void Mask_that_only_aligns([GuestControlled] ulong value) => Hardware.StoreWide([|value & ~0xFFFul|]);

    public void Mask_by_assignment([GuestControlled] uint value)
    {
        value &= 0xF;
        Hardware.Store(value);
    }

    public void Remainder([GuestControlled] uint value) => Hardware.Store(value % 16);

    public void Remainder_by_a_trusted_value([GuestControlled] uint value) => Hardware.Store(value % Trusted.Limit);

    public void Remainder_by_the_guest([GuestControlled] uint value) => Hardware.Store([|100 % value|]);

    public void Minimum([GuestControlled] uint value) => Hardware.Store(Math.Min(value, Trusted.Limit));

    public void Minimum_on_the_left([GuestControlled] uint value) => Hardware.Store(uint.Min(16, value));

    public void Minimum_of_two_guest_values([GuestControlled] uint value, [GuestControlled] uint other) => Hardware.Store([|Math.Min(value, other)|]);

    public void Minimum_of_a_signed_value([GuestControlled] int value) => Hardware.StoreSigned([|Math.Min(value, 16)|]);

    public void Minimum_and_maximum_of_a_signed_value([GuestControlled] int value) => Hardware.StoreSigned(Math.Max(0, Math.Min(value, 16)));

    public void Maximum([GuestControlled] uint value) => Hardware.Store([|Math.Max(value, 16)|]);

    public void Clamp([GuestControlled] int value) => Hardware.StoreSigned(Math.Clamp(value, 0, 16));

    public void Clamp_to_the_guests_bounds([GuestControlled] int value, [GuestControlled] int top) => Hardware.StoreSigned([|Math.Clamp(value, 0, top)|]);

    public void Comparison_gives_a_boolean([GuestControlled] uint value) => Hardware.Store(value != 0 ? 1u : 0u);

    public void Array_index_try(GuestValue value, RegisterArray<Bus, Element> array)
    {
        if (array.TryIndex((uint)value.Untrusted, out RegisterIndex<Element> index))
        {
            array[index].Write(default);
        }
    }

    public void Defined_enum_value([GuestControlled] uint value)
    {
        Kind kind = (Kind)value;
        if (Enum.IsDefined(kind))
        {
            Hardware.StoreKind(kind);
        }
    }

    public void Undefined_enum_value([GuestControlled] uint value) => Hardware.StoreKind([|(Kind)value|]);

    public void Rotated([GuestControlled] uint value) => Hardware.Store([|System.Numerics.BitOperations.RotateLeft(value, 4)|]);

    public void Counted_bits([GuestControlled] uint value) => Hardware.StoreSigned(System.Numerics.BitOperations.PopCount(value));
}

public readonly struct Element : IRegisterValue<Element>
{
    static RegisterShape IRegisterValue<Element>.Shape => new(32, 0xFFFF_FFFF, 0);
}
