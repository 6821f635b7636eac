using System;
using Sluice.Registers;

namespace Corpus;

/// <summary>What a type can declare: records, operators, conversions, constructors with parameters, extensions, accessors.</summary>
public class Declarations([GuestControlled] uint given)
{
    private readonly uint[] _words = new uint[4];

    public uint Latest
    {
        get;
        set => field = value < 16 ? value : 0;
    }

    [HardwareSink]
    public uint Port { get; set; }

    public void Parameter_of_a_primary_constructor() => Hardware.Store([|given|]);

    public void Parameter_of_a_primary_constructor_that_is_checked()
    {
        if (given < 16)
        {
            Hardware.Store(given);
        }
    }

    public void Setter_that_is_a_sink([GuestControlled] uint value) => Port = [|value|];

    public void Setter_in_an_initializer([GuestControlled] uint value) => _ = new Declarations(0) { Port = [|value|] };

    public void Setter_that_checks([GuestControlled] uint value)
    {
        Latest = value;
        Hardware.Store(Latest);
    }

    public void Record_with_another_field([GuestControlled] uint value)
    {
        Pair pair = new(value, 1);
        Pair other = pair with { First = 2 };
        Hardware.Store(other.First);
        Hardware.Store([|pair.First|]);
    }

    public void Record_given_the_guests_number([GuestControlled] uint value)
    {
        Pair pair = new Pair(1, 2) with { Second = value };
        Hardware.Store([|pair.Second|]);
    }

    public void Record_deconstructed([GuestControlled] uint value)
    {
        (uint first, uint second) = new Pair(value, 1);
        Hardware.Store([|first|]);
        Hardware.Store(second);
    }

    public void Record_matched([GuestControlled] uint value)
    {
        Pair pair = new(value, 1);
        if (pair is { First: < 16 })
        {
            Hardware.Store(pair.First);
        }
    }

    public void Record_matched_by_position([GuestControlled] uint value)
    {
        Pair pair = new(value, 1);
        if (pair is ( < 16, _))
        {
            Hardware.Store(pair.First);
        }
    }

    public void Operator_of_a_struct([GuestControlled] uint value)
    {
        Wrapped sum = new Wrapped(value) + new Wrapped(1);
        Hardware.Store([|sum.Number|]);
    }

    public void Conversion_out_of_a_struct([GuestControlled] uint value)
    {
        Wrapped wrapped = new(value);
        Hardware.Store([|wrapped|]);
    }

    public void Conversion_into_a_struct([GuestControlled] uint value)
    {
        Wrapped wrapped = value;
        Hardware.Store([|wrapped.Number|]);
    }

    public void Conversion_that_sanitizes([GuestControlled] uint value)
    {
        Nibble nibble = (Nibble)value;
        Hardware.Store(nibble.Number);
    }

    public void Indexer_of_an_own_type([GuestControlled] uint value)
    {
        Words words = default;
        words[0] = value;
        Hardware.Store([|words[1]|]);
    }

    public void Indexer_that_holds_nothing_of_it([GuestControlled] uint value)
    {
        Words words = default;
        words[(int)(value & 1)] = 5;
        Hardware.Store(words[0]);
    }

    public void Generic_that_passes_it_on([GuestControlled] uint value) => Hardware.Store({|strict:Same(value)|});

    public void Generic_local([GuestControlled] uint value)
    {
        Hardware.Store([|Keep(value)|]);

        static T Keep<T>(T kept) => kept;
    }

    public void Local_function_that_captures_what_is_checked([GuestControlled] uint value)
    {
        if (value >= 16)
        {
            return;
        }

        Ring();

        void Ring() => Hardware.Store(value);
    }

    public void Local_function_that_captures_what_is_not([GuestControlled] uint value)
    {
        Ring();
        if (value >= 16)
        {
            return;
        }

        void Ring() => Hardware.Store([|value|]);
    }

    public void Local_function_that_changes_what_is_checked([GuestControlled] uint value)
    {
        if (value < 16)
        {
            Again();
            Hardware.Store([|value|]);
        }

        void Again() => value = Guest.Read(0);
    }

    public void Extension_property_of_the_number([GuestControlled] uint value) => Hardware.Store({|strict:value.Doubled()|});

    public void Extension_block_member([GuestControlled] uint value) => Hardware.Store([|value.Twice|]);

    public void Extension_block_that_sanitizes([GuestControlled] uint value) => Hardware.Store(value.LowBits());

    public void Element_from_the_end([GuestControlled] uint value)
    {
        uint[] words = [1, 2, value];
        Hardware.Store([|words[^1]|]);
    }

    public void Part_of_an_array([GuestControlled] uint value)
    {
        uint[] words = [1, 2, value];
        Hardware.Store([|words[1..][0]|]);
    }

    public void Each_of_a_guests_span([GuestControlled] ReadOnlySpan<uint> words)
    {
        foreach (uint word in words)
        {
            Hardware.Store([|word|]);
        }
    }

    public void Each_of_a_guests_span_that_fits([GuestControlled] ReadOnlySpan<uint> words)
    {
        foreach (uint word in words)
        {
            if (word < 16)
            {
                Hardware.Store(word);
            }
        }
    }

    public void Each_of_a_guests_span_by_reference([GuestControlled] Span<uint> words)
    {
        foreach (ref uint word in words)
        {
            Hardware.Store([|word|]);
        }
    }

    public void Spread_into_another([GuestControlled] uint value)
    {
        uint[] first = [value];
        uint[] second = [.. first, 1];
        Hardware.Store([|second[0]|]);
    }

    public void On_the_stack([GuestControlled] uint value)
    {
        Span<uint> words = stackalloc uint[2];
        words[0] = value;
        Hardware.Store([|words[0]|]);
    }

    public void Used_while_something_is_held([GuestControlled] uint value)
    {
        using (Held held = default)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Checked_while_something_is_held([GuestControlled] uint value)
    {
        using Held held = default;
        if (value > 15)
        {
            return;
        }

        Hardware.Store(value);
    }

    public void Finally_in_a_finally([GuestControlled] uint value)
    {
        try
        {
            value &= 0xF;
        }
        finally
        {
            try
            {
                Hardware.Store([|value|]);
            }
            finally
            {
                value = 0;
            }

            Hardware.Store(value);
        }
    }

    public void Filter_of_a_handler([GuestControlled] uint value)
    {
        try
        {
            Trusted.Nothing();
        }
        catch (InvalidOperationException) when (value < 16)
        {
            Hardware.Store(value);
        }
        catch (Exception)
        {
            Hardware.Store([|value|]);
        }
    }

    public void Array_of_its_own([GuestControlled] uint value)
    {
        _words[0] = value;
        Hardware.Store([|_words[0]|]);
    }

    private static T Same<T>(T value) => value;

    public record struct Pair(uint First, uint Second);

    public readonly struct Wrapped(uint number)
    {
        public uint Number { get; } = number;

        public static Wrapped operator +(Wrapped left, Wrapped right) => new(left.Number + right.Number);

        public static implicit operator uint(Wrapped wrapped) => wrapped.Number;

        public static implicit operator Wrapped(uint number) => new(number);
    }

    public readonly struct Nibble(uint number)
    {
        public uint Number { get; } = number;

        [Sanitizes]
        public static explicit operator Nibble(uint number) => new(number & 0xF);
    }

    public struct Words
    {
        private uint _first;
        private uint _second;

        public uint this[int index]
        {
            readonly get => index == 0 ? _first : _second;
            set
            {
                _first = index == 0 ? value : _first;
                _second = index == 0 ? _second : value;
            }
        }
    }

    public readonly struct Held : IDisposable
    {
        public void Dispose()
        {
        }
    }
}

public static class Extensions
{
    public static uint Doubled(this uint value) => value * 2;

    extension(uint value)
    {
        public uint Twice => value * 2;

        [Sanitizes]
        public uint LowBits() => value & 0xF;
    }
}
