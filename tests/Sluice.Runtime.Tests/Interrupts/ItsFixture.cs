global using ItsDriver = Sluice.Runtime.Interrupts.GicItsController<Sluice.Simulation.SimulatedBus, Sluice.Simulation.SimulatedMemory, Sluice.Simulation.SimulatedClock>;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>A machine with a translation service and one redistributor.</summary>
internal sealed class ItsFixture
{
    public const ulong MemoryStart = 0x4000_0000;
    public const ulong Its = 0x0808_0000;
    public const ulong Redistributor = 0x080A_0000;
    public const ulong Patience = 1000;

    public PagePool<SimulatedMemory> Pool;
    public ItsDriver Controller;

    public ItsFixture(SimulatedItsOptions? options = null, bool snooped = true, uint poolPages = 255, uint processor = 0, bool canSwitchOff = true)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(MemoryStart, 0x10_0000, snooped));
        Memory = new SimulatedMemory(Machine);
        Interrupts = new SimulatedRedistributor(Machine, processor, canSwitchOff: canSwitchOff);
        Model = new SimulatedGicIts(Machine, Interrupts, Redistributor, options);
        Machine.Add(Its, SimulatedGicIts.SizeBytes, Model);
        Machine.Add(Redistributor, SimulatedRedistributor.SizeBytes, Interrupts);
        Assert.True(PagePool<SimulatedMemory>.TryCreate(Memory, new MachineAddress(MemoryStart), (poolPages + 1) * 0x1000UL, out Pool));
    }

    public SimulatedMachine Machine { get; }

    public SimulatedMemory Memory { get; }

    public SimulatedGicIts Model { get; }

    public SimulatedRedistributor Interrupts { get; }

    /// <summary>Snooped and taken at once; not snooped and taken one by one.</summary>
    public static TheoryData<bool, bool> Variants() => new() { { true, false }, { false, true } };

    public static ItsOptions Options => new() { Vectors = 512, Devices = 8, DeviceBits = 12, PatienceMicroseconds = Patience };

    public static ItsFixture Started(bool snooped = true, bool lazy = false, SimulatedItsOptions? model = null, ItsOptions? options = null)
    {
        ItsFixture fixture = new((model ?? new SimulatedItsOptions()) with { Lazy = lazy }, snooped, processor: 3);
        Assert.Equal(ItsResult.Done, fixture.Start((options ?? Options) with { IsCoherent = snooped }));
        return fixture;
    }

    public ItsResult Start(ItsOptions? options = null) => ItsDriver.TryStart(
        Machine.Bus,
        new RegisterAddress(Its),
        new RegisterAddress(Redistributor),
        Memory,
        new SimulatedClock(Machine),
        options ?? Options,
        ref Pool,
        out Controller);

    public bool TryAllocate(ushort owner, ushort requester, uint count, out VectorBlock block, uint alignment = 1, ushort alias = 0)
    {
        MsiRequest request = new()
        {
            Owner = new OwnerId(owner),
            Requester = new RequesterId(requester),
            Alias = new RequesterId(alias),
            Count = count,
            Alignment = alignment,
        };
        return Controller.TryAllocate(in request, out block);
    }

    public VectorBlock Allocate(ushort owner, ushort requester, uint count)
    {
        Assert.True(TryAllocate(owner, requester, count, out VectorBlock block));
        return block;
    }

    /// <summary>A function writes a message.</summary>
    public void Send(uint requester, MsiMessage message) =>
        Assert.True(Machine.TryWrite(requester, message.Address.Value, [(byte)message.Data, (byte)(message.Data >> 8), 0, 0]));

    /// <summary>The vectors that were raised, in their order.</summary>
    public List<uint> Take()
    {
        List<uint> vectors = [];
        while (Interrupts.TryTake(out uint interrupt))
        {
            PendingBits raised = default;
            Assert.Equal(MsiCollection.Done, Controller.Collect(interrupt, ref raised));
            while (raised.TryTakeFirst(out uint vector))
            {
                vectors.Add(vector);
            }
        }

        return vectors;
    }
}
