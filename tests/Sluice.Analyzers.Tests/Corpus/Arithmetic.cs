using Sluice.Registers;

namespace Corpus;

public class Arithmetic
{
    public void Sum([GuestControlled] uint value) => Hardware.Store([|value + 1|]);

    public void Complement([GuestControlled] uint value) => Hardware.Store([|~value|]);

    public void Shift([GuestControlled] uint value) => Hardware.Store([|value >> 4|]);

    public void Shift_by_the_guest([GuestControlled] int value) => Hardware.Store([|1u << value|]);

    public void Or([GuestControlled] uint value) => Hardware.Store([|value | 1|]);

    public void Division([GuestControlled] uint value) => Hardware.Store([|value / 2|]);

    public void Product([GuestControlled] uint value) => Hardware.Store([|4 * value|]);

    public void Cast([GuestControlled] uint value) => Hardware.StoreSigned([|(int)value|]);

    public void Narrowing_cast([GuestControlled] uint value) => Hardware.Store([|(byte)value|]);

    public void Enum_and_back([GuestControlled] uint value) => Hardware.Store([|(uint)(Kind)value|]);

    public void Boxed_and_unboxed([GuestControlled] uint value)
    {
        object box = value;
        Hardware.Store([|(uint)box|]);
    }

    public void Base_and_bounded_offset([GuestControlled] ulong offset)
    {
        if (offset < Trusted.Size)
        {
            Hardware.StoreWide(Trusted.Base + offset);
        }
    }

    public void Scaled_bounded_index([GuestControlled] ulong index)
    {
        if (index < 8)
        {
            Hardware.StoreWide(Trusted.Base + (index * 16));
            Hardware.StoreWide(Trusted.Base + (index << 4));
        }
    }

    public void Sum_of_two_bounded_values([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (address < Trusted.Size && length < Trusted.Size)
        {
            Hardware.StoreWide([|address + length|]);
        }
    }

    public void Only_the_length_is_checked([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (length < Trusted.Size)
        {
            Hardware.Dma([|address|], length);
        }
    }

    public void Both_are_checked([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (length <= Trusted.Size && address <= Trusted.Size - length)
        {
            Hardware.Dma(address, length);
        }
    }

    public void End_is_checked_but_may_wrap([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (address + length <= Trusted.Size)
        {
            Hardware.Dma([|address|], [|length|]);
        }
    }

    public void Distance_after_a_floor([GuestControlled] ulong address)
    {
        if (address >= Trusted.Base && address < Trusted.Base + Trusted.Size)
        {
            Hardware.StoreWide(address - Trusted.Base);
        }
    }

    public void Distance_without_a_floor([GuestControlled] ulong address)
    {
        if (address < Trusted.Base + Trusted.Size)
        {
            Hardware.StoreWide([|address - Trusted.Base|]);
        }
    }

    public void Distance_in_a_local([GuestControlled] ulong address)
    {
        ulong distance = address - Trusted.Base;
        if (address >= Trusted.Base && distance <= Trusted.Size - 4)
        {
            Hardware.StoreWide(distance);
        }
    }

    public void What_is_left_of_something_trusted([GuestControlled] ulong length)
    {
        if (length <= Trusted.Size)
        {
            Hardware.StoreWide(Trusted.Size - length);
        }
    }

    public void What_may_be_less_than_nothing([GuestControlled] ulong length) => Hardware.StoreWide([|Trusted.Size - length|]);

    public void Compound([GuestControlled] uint value)
    {
        uint sum = 4;
        sum += value;
        Hardware.Store([|sum|]);
    }

    public void Increment([GuestControlled] uint value)
    {
        value++;
        Hardware.Store([|value|]);
    }

    public void Reversed([GuestControlled] uint value) => Hardware.Store([|System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value)|]);

    public void Difference_of_itself([GuestControlled] uint value) => Hardware.Store(value - value);

    public void Insertion_of_a_masked_field([GuestControlled] uint value)
    {
        uint word = Hardware.Status();
        word = (word & ~0xFu) | (value & 0xFu);
        Hardware.Store({|strict:word|});
    }

    public void Insertion_of_an_unmasked_field([GuestControlled] uint value)
    {
        uint word = Hardware.Status();
        word = (word & ~0xFu) | value;
        Hardware.Store([|word|]);
    }
}
