using System;
using Sluice.Registers;

namespace Corpus;

public class Sources
{
    [GuestControlled]
    private uint _shadow;

    private uint _own;

    [GuestControlled]
    public uint Register => _shadow;

    public void Guest_value(GuestValue value) => Hardware.StoreWide([|value.Untrusted|]);

    public void Guest_value_cast(GuestValue value) => Hardware.Store([|(uint)value.Untrusted|]);

    public void Guest_address(GuestAddress address) => Hardware.StoreWide([|address.Untrusted|]);

    public void Annotated_parameter([GuestControlled] uint value) => Hardware.Store([|value|]);

    public void Unannotated_parameter(uint value) => Hardware.Store(value);

    public void Result_of_a_call() => Hardware.Store([|Guest.Read(4)|]);

    public void Result_annotated_as_return() => Hardware.StoreWide([|Guest.ReadWide(4)|]);

    public void Static_field() => Hardware.Store([|Guest.Word|]);

    public void Field_of_this() => Hardware.Store([|_shadow|]);

    public void Unannotated_field_of_this() => Hardware.Store(_own);

    public void Property_of_this() => Hardware.Store([|Register|]);

    public void Out_argument()
    {
        Guest.Fetch(out uint value);
        Hardware.Store([|value|]);
    }

    public void Out_argument_of_a_method_that_can_fail()
    {
        if (Guest.TryFetch(out uint value))
        {
            Hardware.Store([|value|]);
        }
    }

    public void Out_argument_into_a_local_that_was_clean()
    {
        uint value = 3;
        Hardware.Store(value);
        Guest.Fetch(out value);
        Hardware.Store([|value|]);
    }

    public void Ref_argument()
    {
        uint value = 0;
        Guest.Fill(ref value);
        Hardware.Store([|value|]);
    }

    public void Result_of_unannotated_method(GuestValue value) => Hardware.Store({|strict:Trusted.Combine((uint)value.Untrusted)|});

    public void Constant() => Hardware.Store(0x40);

    public void Own_status() => Hardware.Store({|strict:Hardware.Status()|});

    public void Field_written_with_something_clean()
    {
        _shadow = 4;
        Hardware.Store(_shadow);
    }

    public void Field_written_from_the_guest([GuestControlled] uint value)
    {
        _own = value;
        Hardware.Store([|_own|]);
    }

    public void Parameter_written_with_something_clean([GuestControlled] uint value)
    {
        value = 4;
        Hardware.Store(value);
    }

    public void Bit_cast(GuestValue value) => Hardware.StoreWide([|System.Runtime.CompilerServices.Unsafe.BitCast<GuestValue, ulong>(value)|]);

    public void Read_through_volatile() => Hardware.Store([|System.Threading.Volatile.Read(ref _shadow)|]);

    public void Interpolated_length([GuestControlled] uint value) => Hardware.StoreSigned($"{value}".Length);
}

public class Primary([GuestControlled] uint given)
{
    public void Primary_constructor_parameter() => Hardware.Store([|given|]);
}

public interface ITrap
{
    void Trap([GuestControlled] uint value);

    [GuestControlled]
    uint Peek();
}

public class Implementation : ITrap
{
    public void Trap(uint value) => Hardware.Store([|value|]);

    public void Result_of_an_implementation() => Hardware.Store([|Peek()|]);

    public uint Peek() => 0;
}

public class Explicitly : ITrap
{
    void ITrap.Trap(uint value) => Hardware.Store([|value|]);

    uint ITrap.Peek() => 0;
}

public abstract class Base
{
    public abstract void Overridden([GuestControlled] uint value);
}

public class Derived : Base
{
    public override void Overridden(uint value) => Hardware.Store([|value|]);
}
