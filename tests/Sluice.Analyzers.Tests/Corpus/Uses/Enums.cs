using System;
using Sluice.Registers;

namespace Corpus;

/// <summary>A number of the guest's taken for a member of an enum.</summary>
public class Enums
{
    private Mode _mode;

    public Mode Current { get; set; }

    public void Argument([GuestControlled] uint value) => Set({|SLU2010:(Mode)value|});

    public void Local([GuestControlled] uint value)
    {
        Mode mode = (Mode)value;
        Set({|SLU2010:mode|});
    }

    public void Property([GuestControlled] uint value) => Current = {|SLU2010:(Mode)value|};

    public void Field([GuestControlled] uint value) => _mode = {|SLU2010:(Mode)value|};

    public Mode Last_field() => _mode;

    public void Compared_with_the_last_member([GuestControlled] uint value)
    {
        if (value <= (uint)Mode.Second)
        {
            Set((Mode)value);
        }
    }

    public void Compared_with_the_first_member_alone([GuestControlled] int value)
    {
        if (value >= 0)
        {
            SetSigned({|SLU2010:(Signed)value|});
        }
    }

    public void Below_the_last_member_alone([GuestControlled] int value)
    {
        if (value <= (int)Signed.Second)
        {
            SetSigned({|SLU2010:(Signed)value|});
        }
    }

    public void Between_the_members([GuestControlled] int value)
    {
        if (value is >= 0 and <= (int)Signed.Second)
        {
            SetSigned((Signed)value);
        }
    }

    public void Asked_whether_it_is_defined([GuestControlled] uint value)
    {
        if (Enum.IsDefined((Mode)value))
        {
            Set((Mode)value);
        }
    }

    public void Asked_and_used_all_the_same([GuestControlled] uint value)
    {
        if (!Enum.IsDefined((Mode)value))
        {
            Trusted.Nothing();
        }

        Set({|SLU2010:(Mode)value|});
    }

    public void One_of_the_members([GuestControlled] uint value)
    {
        Mode mode = (Mode)value;
        if (mode is Mode.First or Mode.Second)
        {
            Set(mode);
        }
    }

    public void None_of_the_members([GuestControlled] uint value)
    {
        Mode mode = (Mode)value;
        if (mode is not (Mode.First or Mode.Second))
        {
            Set({|SLU2010:mode|});
        }
    }

    public void Switch_with_an_arm_for_each([GuestControlled] uint value)
    {
        switch ((Mode)value)
        {
            case Mode.First:
                Set(Mode.First);
                break;
            case Mode.Second:
                Set(Mode.Second);
                break;
            default:
                break;
        }
    }

    public void Switch_expression_that_maps([GuestControlled] uint value) => Set(value switch
    {
        1 => Mode.Second,
        _ => Mode.First,
    });

    public void Masked_to_the_members([GuestControlled] uint value) => Set((Mode)(value & 1));

    public void Method_that_expects_anything([GuestControlled] uint value) => Take((Mode)value);

    public void Flags_are_any_bits([GuestControlled] uint value) => SetFlags((Bits)value);

    public void Back_to_a_number([GuestControlled] uint value)
    {
        Mode mode = (Mode)value;
        Trusted.Combine((uint)mode & 1);
    }

    public void Read_from_the_guest() => Set({|SLU2010:(Mode)Guest.Read(0)|});

    public void Of_a_guests_byte([GuestControlled] ReadOnlySpan<byte> bytes) => Set({|SLU2010:(Mode)bytes[0]|});

    private static void Set(Mode mode) => _ = mode;

    private static void SetSigned(Signed mode) => _ = mode;

    private static void SetFlags(Bits bits) => _ = bits;

    private static void Take([GuestControlled] Mode mode) => _ = mode;

    public enum Mode : uint
    {
        First,
        Second,
    }

    public enum Signed
    {
        First,
        Second,
    }

    [Flags]
    public enum Bits : uint
    {
        None = 0,
        Low = 1,
        High = 2,
    }
}
