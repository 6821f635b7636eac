using System;
using System.Numerics;
using Sluice.Registers;

namespace Corpus;

/// <summary>Calls without annotations: clean by default, the guest's in the strict mode.</summary>
public class Calls
{
    public void Result_that_nothing_is_said_of() => Hardware.Store({|strict:Unsaid.Number()|});

    public void Result_of_a_call_that_a_guests_value_goes_into([GuestControlled] uint value) => Hardware.Store({|strict:Trusted.Combine(value)|});

    public void Result_in_a_local()
    {
        uint number = Unsaid.Number();
        Hardware.Store({|strict:number|});
    }

    public void Result_that_is_checked()
    {
        uint number = Unsaid.Number();
        if (number < Trusted.Limit)
        {
            Hardware.Store(number);
        }
    }

    public void Result_that_is_masked() => Hardware.Store(Unsaid.Number() & 0xF);

    public void Result_of_a_struct() => Hardware.Store({|strict:Unsaid.Pair().First|});

    public void Out_argument()
    {
        Unsaid.Fetch(out uint number);
        Hardware.Store({|strict:number|});
    }

    public void Ref_argument()
    {
        uint number = 0;
        Unsaid.Change(ref number);
        Hardware.Store({|strict:number|});
    }

    public void Boolean_result() => Hardware.Store(Unsaid.IsReady() ? 1u : 0u);

    public void Result_of_a_delegate(Func<uint> read) => Hardware.Store({|strict:read()|});

    public void Method_of_dotnet_that_passes_it_on([GuestControlled] uint value) => Hardware.Store({|strict:BitOperations.Crc32C(value, (byte)1)|});

    public void Method_of_dotnet_without_a_guests_value() => Hardware.Store(BitOperations.Crc32C(1u, (byte)1));

    public void Method_of_dotnet_that_counts([GuestControlled] uint value) => Hardware.StoreSigned(BitOperations.TrailingZeroCount(value));

    public void Marked_as_a_sanitizer() => Hardware.Store(Clean.Mask(Unsaid.Number()));

    public void Marked_as_the_guests() => Hardware.Store([|Guest.Read(0)|]);

    public void Member_of_the_library(RegisterAddress address) => Hardware.StoreSigned(address.GetHashCode());

    public void Property_is_no_call() => Hardware.Store(Trusted.Count);

    public void Local_function_is_followed()
    {
        Hardware.Store(Own());

        static uint Own() => 4;
    }

    public void Lambda_in_a_local_is_followed()
    {
        Func<uint> own = () => 4;
        Hardware.Store(own());
    }
}

public static class Unsaid
{
    public static uint Number() => 0;

    public static Plain Pair() => default;

    public static bool IsReady() => true;

    public static void Fetch(out uint number) => number = 0;

    public static void Change(ref uint number) => number++;
}
