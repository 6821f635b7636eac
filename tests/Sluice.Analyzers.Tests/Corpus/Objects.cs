using System.Collections.Generic;
using Sluice.Registers;

namespace Corpus;

public class Objects
{
    private readonly Queue<uint> _queue = new();
    private readonly Slot _slot = new();

    public void Element_of_a_list([GuestControlled] uint value)
    {
        List<uint> list = new();
        list.Add(value);
        Hardware.Store({|miss:list[0]|});
    }

    public void Out_of_a_queue([GuestControlled] uint value)
    {
        _queue.Enqueue(value);
        Hardware.Store({|miss:_queue.Dequeue()|});
    }

    public void Kept_by_a_method_of_an_object([GuestControlled] uint value)
    {
        _slot.Keep(value);
        Hardware.Store({|miss:_slot.Kept|});
    }

    public void Record_of_a_class([GuestControlled] uint value)
    {
        Request request = new(value);
        Hardware.Store({|miss:request.Number|});
    }

    public void Field_of_an_object([GuestControlled] uint value)
    {
        _slot.Plain = value;
        Hardware.Store([|_slot.Plain|]);
    }

    public void Marked_property_of_an_object() => Hardware.Store([|_slot.Given|]);

    public void Marked_property_that_is_checked()
    {
        uint given = _slot.Given;
        if (given < Trusted.Limit)
        {
            Hardware.Store(given);
        }
    }

    public void Object_that_is_given_something_clean()
    {
        _slot.Keep(4);
        Hardware.Store(_slot.Kept);
    }
}

public class Slot
{
    public uint Plain;

    public uint Kept { get; private set; }

    [GuestControlled]
    public uint Given { get; set; }

    public void Keep(uint value) => Kept = value;
}

public record Request(uint Number);
