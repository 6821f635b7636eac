using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.GuestIts;

/// <summary>Our driver of the real service as the guest of our emulation of one: each is a check of the other.</summary>
public sealed class ItsDriverAgainstGuestItsTests
{
    private GuestItsMachine _machine = new();
    private PagePool<SimulatedMemory> _pool;
    private ItsDriver _driver;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_driver_brings_the_service_up_and_its_vectors_arrive(bool stalls)
    {
        Start(stalls);
        VectorBlock first = Allocate(1, 0x0100, 8);
        VectorBlock second = Allocate(1, 0x0108, 4);

        Send(0x0100, first.First + 3);
        Send(0x0108, second.First);
        Send(0x0100, first.First + 3);

        Assert.Equal([first.First + 3, second.First], Take());
        Assert.Equal(0u, _machine.Its.WrongCommands);
    }

    [Fact]
    public void E_function_raises_its_own_vectors_only()
    {
        Start(false);
        VectorBlock first = Allocate(1, 0x0100, 8);
        Allocate(2, 0x0108, 4);
        MsiMessage message = _driver.Message(first.First + 6);

        SendAs(0x0108, message);
        SendAs(0x0110, message);

        Assert.Empty(Take());
        Assert.Equal(2u, _machine.Its.Dropped);
    }

    [Fact]
    public void A_masked_vector_is_kept_as_one_and_comes_when_it_is_unmasked()
    {
        Start(false);
        VectorBlock block = Allocate(1, 0x0100, 2);
        Assert.True(_driver.TryMask(block.First));
        Send(0x0100, block.First);
        Send(0x0100, block.First);
        Assert.Empty(Take());

        Assert.True(_driver.TryUnmask(block.First, out _));

        Assert.Equal([block.First], Take());
    }

    [Fact]
    public void What_is_freed_is_dropped_and_all_of_it_can_be_had_again()
    {
        Start(false);
        for (int round = 0; round < 50; round++)
        {
            VectorBlock block = Allocate(1, 0x0100, 16);
            MsiMessage message = _driver.Message(block.First);
            _driver.Free(new OwnerId(1), block);
            SendAs(0x0100, message);
            Assert.Empty(Take());
            Assert.Equal(0u, _machine.Its.TakenEvents);
        }

        Assert.False(_driver.IsBroken);
        Assert.Equal(0u, _machine.Its.WrongCommands);
    }

    private void Start(bool stalls)
    {
        _machine = new GuestItsMachine(new GuestItsOptions { StallsAtErrors = stalls });
        SimulatedMemory memory = new(_machine.Machine);
        Assert.True(PagePool<SimulatedMemory>.TryCreate(memory, new MachineAddress(GuestItsMachine.Ram), 0x10_0000, out _pool));
        ItsResult result = ItsDriver.TryStart(
            _machine.Machine.Bus,
            new RegisterAddress(GuestItsMachine.Registers),
            new RegisterAddress(GuestItsMachine.Redistributor),
            memory,
            new SimulatedClock(_machine.Machine),
            new ItsOptions { Vectors = 512, Devices = 4, DeviceBits = 16, IsCoherent = true, PatienceMicroseconds = 10_000 },
            ref _pool,
            out _driver);
        Assert.Equal(ItsResult.Done, result);
    }

    private VectorBlock Allocate(ushort owner, ushort requester, uint count)
    {
        MsiRequest request = new() { Owner = new OwnerId(owner), Requester = new RequesterId(requester), Count = count, Alignment = 1 };
        Assert.True(_driver.TryAllocate(in request, out VectorBlock block));
        return block;
    }

    private void Send(uint requester, uint vector) => SendAs(requester, _driver.Message(vector));

    private void SendAs(uint requester, MsiMessage message)
        => Assert.True(_machine.Machine.TryWrite(requester, message.Address.Value, [(byte)message.Data, (byte)(message.Data >> 8), 0, 0]));

    private List<uint> Take()
    {
        List<uint> vectors = [];
        while (_machine.Sink.TryTake(out uint interrupt))
        {
            PendingBits raised = default;
            Assert.Equal(MsiCollection.Done, _driver.Collect(interrupt, ref raised));
            while (raised.TryTakeFirst(out uint vector))
            {
                vectors.Add(vector);
            }
        }

        return vectors;
    }
}
