using Sluice.Runtime.Memory;
using Sluice.Simulation;

namespace Sluice.Runtime.Tests.Memory;

/// <summary>A machine whose walkers do not snoop, with a pool in its memory.</summary>
internal sealed class MachineFixture
{
    public const ulong MemoryStart = 0x8000_0000;

    public MachineFixture(uint poolPages = 256, bool snooped = false)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(MemoryStart, checked((int)(poolPages + 1) * 0x1000), snooped));
        Memory = new SimulatedMemory(Machine);
        bool made = PagePool<SimulatedMemory>.TryCreate(Memory, new MachineAddress(MemoryStart), (ulong)(poolPages + 1) * 0x1000, out Pool);
        Xunit.Assert.True(made);
    }

    public PagePool<SimulatedMemory> Pool;

    public SimulatedMachine Machine { get; }

    public SimulatedMemory Memory { get; }
}
