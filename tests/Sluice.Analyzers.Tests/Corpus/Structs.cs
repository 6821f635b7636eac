using Sluice.Registers;

namespace Corpus;

public class Structs
{
    private Plain _plain;

    public void Field([GuestControlled] uint value)
    {
        Plain plain = default;
        plain.First = value;
        Hardware.Store([|plain.First|]);
    }

    public void Other_field([GuestControlled] uint value)
    {
        Plain plain = default;
        plain.First = value;
        Hardware.Store(plain.Second);
    }

    public void Field_overwritten([GuestControlled] uint value)
    {
        Plain plain = new() { First = value };
        plain.First = 3;
        Hardware.Store(plain.First);
    }

    public void Field_of_a_copy([GuestControlled] uint value)
    {
        Plain plain = default;
        plain.First = value;
        Plain copy = plain;
        Hardware.Store([|copy.First|]);
    }

    public void Field_checked([GuestControlled] uint value)
    {
        Plain plain = default;
        plain.First = value;
        if (plain.First < 16)
        {
            Hardware.Store(plain.First);
        }
    }

    public void Field_of_a_field([GuestControlled] uint value)
    {
        _plain.Second = value;
        Hardware.Store([|_plain.Second|]);
        Hardware.Store(_plain.First);
    }

    public void Value_made_of_guest_bits([GuestControlled] uint value)
    {
        Control control = new(value);
        Hardware.Set([|control|]);
    }

    public void Value_made_of_masked_bits([GuestControlled] uint value) => Hardware.Set(new Control(value & 0xF));

    public void Value_made_of_checked_bits([GuestControlled] uint value)
    {
        if (value < 16)
        {
            Hardware.Set(new Control(value));
        }
    }

    public void Field_set_with([GuestControlled] uint value) => Hardware.Set([|default(Control) with { Level = value }|]);

    public void Field_set_with_in_a_local([GuestControlled] uint value)
    {
        Control control = default;
        control = control with { Level = value };
        Hardware.Set([|control|]);
    }

    public void Original_of_a_with([GuestControlled] uint value)
    {
        Control control = default;
        Control changed = control with { Level = value };
        Hardware.Set(control);
        Hardware.Set([|changed|]);
    }

    public void Field_set_with_something_clean([GuestControlled] uint value)
    {
        Control control = new(value);
        Hardware.Set([|control with { Level = 1 }|]);
    }

    public void Field_set_with_something_masked([GuestControlled] uint value) => Hardware.Set(default(Control) with { Level = value & 3, Rate = 1 });

    public void Field_set_in_an_initializer([GuestControlled] uint value) => Hardware.Set([|new Control { Level = value }|]);

    public void Field_read_from_a_guests_value([GuestControlled] Control control) => Hardware.Store([|control.Level|]);

    public void Field_of_a_guests_value_that_is_checked([GuestControlled] Control control)
    {
        if (control.Level < 4)
        {
            Hardware.Store(control.Level);
        }
    }

    public void Other_field_of_a_guests_value([GuestControlled] Control control)
    {
        if (control.Level < 4)
        {
            Hardware.Store([|control.Rate|]);
        }
    }

    public void Conditional_field([GuestControlled] uint value, bool choice) => Hardware.Set([|default(Control) with { Level = choice ? value : 1 }|]);

    public void Conditional_field_assignment([GuestControlled] uint value, bool choice)
    {
        Plain plain = default;
        plain.First = choice ? value : 1;
        Hardware.Store([|plain.First|]);
    }

    public void Object_of_a_class([GuestControlled] uint value)
    {
        Holder holder = new() { Value = value };
        Hardware.Store({|miss:holder.Value|});
    }

    private sealed class Holder
    {
        public uint Value { get; set; }
    }
}
