using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.Interrupts;
using Sluice.Simulation.Pci;

namespace Sluice.Runtime.Tests.HostBridges;

/// <summary>A machine with a generic host bridge and a GICv2m frame; functions are plugged in by each test.</summary>
public sealed class ReferenceMachine
{
    public const ulong Ecam = 0x3F00_0000;
    public const ulong Windows = 0x1000_0000;
    public const ulong WindowBytes = 0x0100_0000;
    public const ulong Frame = 0x0802_0000;

    public ReferenceMachine()
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(0x4000_0000, 1 << 20));
        Machine.Add(Ecam, 16 << 20, Functions.Ecam);
        Machine.Add(Windows, WindowBytes, Functions.Memory(Windows));
        Machine.Add(Frame, 0x1000, Msi);
    }

    public SimulatedMachine Machine { get; }

    public SimulatedPciBus Functions { get; } = new();

    public SimulatedV2mFrame Msi { get; } = new(80, 64);

    public EcamHostBridge<SimulatedBus> Bridge => new(Machine.Bus, new EcamWindow(Ecam, 16 << 20, 0, 15));

    public static MemoryWindow Window => new(new MachineAddress(Windows), Windows, WindowBytes);

    public DmaFunction Plug(RequesterId id)
    {
        DmaFunction function = new() { Dma = Machine };
        Functions.Add(id, function);
        return function;
    }

    public FunctionConfig<EcamHostBridge<SimulatedBus>> Config(RequesterId id) => new(Bridge, id);
}
