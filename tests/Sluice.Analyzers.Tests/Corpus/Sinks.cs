using Sluice.Registers;

namespace Corpus;

public class Sinks
{
    public void Argument([GuestControlled] uint value) => Hardware.Store([|value|]);

    public void Static_field([GuestControlled] uint value) => Hardware.Latch = [|value|];

    public void Static_property([GuestControlled] uint value) => Hardware.Port = [|value|];

    public void Compound_assignment([GuestControlled] uint value) => Hardware.Port |= [|value|];

    public void Second_argument([GuestControlled] ulong value) => Hardware.Dma(0x1000, [|value|]);

    public void Both_arguments([GuestControlled] ulong value) => Hardware.Dma([|value|], [|value + 1|]);

    public void Named_arguments([GuestControlled] ulong value) => Hardware.Dma(length: 4, address: [|value|]);

    public void Implemented_interface(Bus bus, [GuestControlled] uint value) => bus.Write32(new RegisterAddress(0x40), [|value|]);

    public void Through_a_type_parameter<TBus>(TBus bus, [GuestControlled] uint value)
        where TBus : struct, IRegisterBus
        => bus.Write32(new RegisterAddress(0x40), [|value|]);

    public void Address_of_an_access(Bus bus, [GuestControlled] uint value) => bus.Write32([|new RegisterAddress(value)|], 1);

    public void Address_by_operator(Bus bus, [GuestControlled] uint value) => bus.Write32([|new RegisterAddress(0x1000) + value|], 1);

    public void Address_with_a_bounded_offset(Bus bus, [GuestControlled] uint value)
    {
        if (value < 0x100)
        {
            bus.Write32(new RegisterAddress(0x1000) + value, 1);
        }
    }

    public void Read_at_an_address(Bus bus, [GuestControlled] uint value) => _ = bus.Read32(new RegisterAddress(value));

    public void Nested_call([GuestControlled] uint value) => Trusted.Combine(Pass([|value|]));

    public void Value_struct([GuestControlled] uint value) => Hardware.Set([|new Control(value)|]);

    public void No_sink_at_all([GuestControlled] uint value) => Trusted.Combine(value);

    public void Deconstructed([GuestControlled] uint value)
    {
        (Hardware.Port, _) = [|(value, 1u)|];
    }

    public void Object_initializer([GuestControlled] uint value) => _ = new Device { Doorbell = [|value|] };

    public void Constructor([GuestControlled] uint value) => _ = new Device([|value|]);

    private static uint Pass([HardwareSink] uint value) => value;
}

public class Device
{
    public Device()
    {
    }

    public Device([HardwareSink] uint value)
    {
        Doorbell = value;
    }

    [HardwareSink]
    public uint Doorbell { get; init; }
}
