using System.Buffers.Binary;
using Sluice.Registers;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Runtime.Tests.Smmu;
using Sluice.Simulation;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Models;

/// <summary>A simulated device with rings in memory works through the tables that our drivers wrote, and only where they lead.</summary>
public sealed class QueueFunctionTests
{
    private const ulong Window = 0x8000_0000;
    private const uint Stream = 0x4D0;
    private const ulong Table = DmaFunction.TableOffset;

    [Fact]
    public void Rings_and_buffers_go_through_the_MMU_500_as_our_driver_mapped_them()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace space = fixture.NewSpace(1);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(Stream), in space));
        for (ulong page = 0; page < 3; page++)
        {
            // Not side by side: what is next for the device is elsewhere in memory.
            Assert.Equal(MappingResult.Done, fixture.Map(ref space, Window + (page * 0x1000), SmmuV2Fixture.Pages + ((2 - page) * 0x2000)));
        }

        QueueFunction device = Device(fixture.Model);
        Span(fixture.Machine, SmmuV2Fixture.Pages, 0x1000).Fill(0x77);
        Command(fixture.Machine, SmmuV2Fixture.Pages + 0x4000, 0, QueueFunction.Copy, 64, 0, Window + 0x2000, Window + 0x2800);
        Command(fixture.Machine, SmmuV2Fixture.Pages + 0x4000, 1, QueueFunction.Fill, 16, 0xAB, 0, Window + 0x2400);
        Command(fixture.Machine, SmmuV2Fixture.Pages + 0x4000, 2, QueueFunction.Copy, 16, 0, Window + 0x3000, Window + 0x2000);
        device.WriteMemory(2, QueueFunction.Doorbell, AccessWidth.Word, 3);

        Assert.Equal(3, device.Completed);
        Assert.Equal(0x77, fixture.ByteAt(SmmuV2Fixture.Pages + 0x800 + 63));
        Assert.Equal(0xAB, fixture.ByteAt(SmmuV2Fixture.Pages + 0x400));
        Assert.Equal((0u, 1u), Completion(fixture.Machine, SmmuV2Fixture.Pages + 0x2000, 0));
        Assert.Equal((0u, 1u), Completion(fixture.Machine, SmmuV2Fixture.Pages + 0x2000, 1));
        Assert.Equal((1u, 1u), Completion(fixture.Machine, SmmuV2Fixture.Pages + 0x2000, 2));
        SmmuFault fault = Assert.Single(fixture.TakeFaults());
        Assert.Equal((Stream, Window + 0x3000), (fault.Stream.Value, fault.Address.Untrusted));
    }

    [Fact]
    public void A_ring_that_is_unmapped_stops_the_device_and_it_begins_anew_when_it_is_switched_on_again()
    {
        SmmuV2Fixture fixture = SmmuV2Fixture.Started();
        BankSpace space = fixture.NewSpace(1);
        Assert.Equal(SmmuResult.Done, fixture.Smmu.Attach(new StreamId(Stream), in space));
        Assert.Equal(MappingResult.Done, fixture.Map(ref space, Window + 0x1000, SmmuV2Fixture.Pages));
        QueueFunction device = Device(fixture.Model);
        device.WriteMemory(2, QueueFunction.Doorbell, AccessWidth.Word, 1);
        Assert.Equal(3u, device.ReadMemory(2, QueueFunction.Status, AccessWidth.Word));

        Assert.Equal(MappingResult.Done, fixture.Map(ref space, Window, SmmuV2Fixture.Pages + 0x1000));
        device.WriteMemory(2, 0x10, AccessWidth.Word, 4);
        for (uint round = 0; round < 3; round++)
        {
            for (uint place = 0; place < 4; place++)
            {
                Command(fixture.Machine, SmmuV2Fixture.Pages + 0x1000, place, 9, 1, 0, 0, 0);
                device.WriteMemory(2, QueueFunction.Doorbell, AccessWidth.Word, (place + 1) % 4);
                Assert.Equal((2u, (round & 1) ^ 1), Completion(fixture.Machine, SmmuV2Fixture.Pages, place));
            }
        }
    }

    [Fact]
    public void A_doorbell_of_the_device_ends_in_a_message()
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x4000_0000, 0x1_0000));
        QueueFunction device = new() { Dma = machine, Stream = Stream };
        Prepare(device, 0x4000_0000, 0x4000_1000);
        device.WriteMemory(0, Table, AccessWidth.Word, 0x4000_2000);
        device.WriteMemory(0, Table + 8, AccessWidth.Word, 0x55);
        device.WriteMemory(0, Table + 12, AccessWidth.Word, 0);
        device.Poke(0x72, AccessWidth.HalfWord, 0x8010);
        Command(machine, 0x4000_0000, 0, QueueFunction.Fill, 4, 1, 0, 0x4000_3000);
        device.WriteMemory(2, QueueFunction.Doorbell, AccessWidth.Word, 1);

        Assert.Equal(0x55u, BinaryPrimitives.ReadUInt32LittleEndian(machine.Memory.Uncached(0x4000_2000, 4)));
    }

    private static System.Span<byte> Span(SimulatedMachine machine, ulong address, int bytes) => machine.Memory.Uncached(address, bytes);

    private static QueueFunction Device(IDmaPath path)
    {
        QueueFunction device = new() { Dma = path, Stream = Stream };
        Prepare(device, Window, Window + 0x1000);
        return device;
    }

    private static void Prepare(QueueFunction device, ulong commands, ulong completions)
    {
        device.Poke(4, AccessWidth.HalfWord, 6);
        device.WriteMemory(2, 0x00, AccessWidth.Word, commands);
        device.WriteMemory(2, 0x08, AccessWidth.Word, completions);
        device.WriteMemory(2, 0x10, AccessWidth.Word, 8);
    }

    private static void Command(SimulatedMachine machine, ulong ring, uint place, uint operation, uint length, uint value, ulong source, ulong destination)
    {
        System.Span<byte> command = Span(machine, ring + (place * QueueFunction.CommandBytes), QueueFunction.CommandBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(command, operation);
        BinaryPrimitives.WriteUInt32LittleEndian(command[4..], place);
        BinaryPrimitives.WriteUInt32LittleEndian(command[8..], length);
        BinaryPrimitives.WriteUInt32LittleEndian(command[12..], value);
        BinaryPrimitives.WriteUInt64LittleEndian(command[16..], source);
        BinaryPrimitives.WriteUInt64LittleEndian(command[24..], destination);
    }

    private static (uint Result, uint Phase) Completion(SimulatedMachine machine, ulong ring, uint place)
    {
        System.Span<byte> completion = Span(machine, ring + (place * QueueFunction.CompletionBytes), QueueFunction.CompletionBytes);
        Assert.Equal(place, BinaryPrimitives.ReadUInt32LittleEndian(completion));
        return (BinaryPrimitives.ReadUInt32LittleEndian(completion[4..]), BinaryPrimitives.ReadUInt32LittleEndian(completion[8..]));
    }
}
