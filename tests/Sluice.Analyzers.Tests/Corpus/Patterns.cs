using Sluice.Registers;

namespace Corpus;

public class Patterns
{
    public void Relational([GuestControlled] uint value)
    {
        if (value is < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Relational_the_wrong_way([GuestControlled] uint value)
    {
        if (value is >= 16)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Negated([GuestControlled] uint value)
    {
        if (value is not < 16)
        {
            return;
        }

        Hardware.Store(value);
    }

    public void Range_of_a_signed_value([GuestControlled] int value)
    {
        if (value is >= 0 and < 16)
        {
            Hardware.StoreSigned(value);
        }
    }

    public void Half_a_range_of_a_signed_value([GuestControlled] int value)
    {
        if (value is < 16 and not 3)
        {
            Hardware.StoreSigned([|value|]);
        }
    }

    public void One_of_constants([GuestControlled] uint value)
    {
        if (value is 1 or 2 or 4)
        {
            Hardware.Store(value);
        }
    }

    public void None_of_constants([GuestControlled] uint value)
    {
        if (value is not (1 or 2))
        {
            Hardware.Store([|value|]);
        }
    }

    public void Declared_variable([GuestControlled] uint value)
    {
        if (value is uint copy)
        {
            Hardware.Store([|copy|]);
        }
    }

    public void Declared_variable_that_is_bounded([GuestControlled] uint value)
    {
        if (value is < 16 and uint copy)
        {
            Hardware.Store(copy);
        }
    }

    public void Switch_on_constants([GuestControlled] uint value)
    {
        switch (value)
        {
            case 0:
            case 1:
                Hardware.Store(value);
                break;
            default:
                Hardware.Store([|value|]);
                break;
        }
    }

    public void Switch_on_relations([GuestControlled] uint value)
    {
        switch (value)
        {
            case < 16:
                Hardware.Store(value);
                break;
            case >= 100:
                Hardware.Store([|value|]);
                break;
        }
    }

    public void Switch_with_a_default_that_leaves([GuestControlled] uint value)
    {
        switch (value)
        {
            case < 16:
                break;
            default:
                return;
        }

        Hardware.Store(value);
    }

    public void Switch_with_a_guard([GuestControlled] uint value)
    {
        switch (value)
        {
            case var copy when copy < 16:
                Hardware.Store(copy);
                Hardware.Store(value);
                break;
        }
    }

    public void Switch_on_an_enum([GuestControlled] uint value)
    {
        switch ((Kind)value)
        {
            case Kind.First:
            case Kind.Second:
                Hardware.StoreKind((Kind)value);
                break;
        }
    }

    public void Switch_expression([GuestControlled] uint value) => Hardware.Store(value switch
    {
        < 16 => value,
        _ => 0,
    });

    public void Switch_expression_with_a_bad_arm([GuestControlled] uint value) => Hardware.Store([|value switch
    {
        < 16 => 1,
        _ => value,
    }|]);

    public void Switch_expression_that_decides_only([GuestControlled] uint value) => Hardware.Store(value switch
    {
        0 => 0x10,
        1 => 0x20,
        _ => 0,
    });

    public void Property_pattern(GuestValue value)
    {
        if (value is { Untrusted: < 16 })
        {
            Hardware.StoreWide(value.Untrusted);
        }
    }
}
