using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

/// <summary>A machine with an NWL bridge where the ZynqMP has it; functions are plugged in by each test.</summary>
public sealed class NwlMachine
{
    public const ulong Registers = 0xFD0E_0000;
    public const ulong Attributes = 0xFD48_0000;
    public const ulong Config = 0x80_0000_0000;
    public const ulong ConfigBytes = 16 << 20;
    public const ulong Windows = 0xE000_0000;
    public const ulong WindowBytes = 0x1000_0000;
    public const ulong Ram = 0x4000_0000;

    public NwlMachine(SimulatedNwlOptions? options = null)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(Ram, 1 << 20));
        Bridge = new SimulatedNwlBridge(Machine, Functions, options);
        Machine.Add(Registers, SimulatedNwlBridge.SizeBytes, Bridge.Registers);
        Machine.Add(Attributes, SimulatedNwlBridge.SizeBytes, Bridge.Attributes);
        Machine.Add(Config, ConfigBytes, Bridge.Config);
        Machine.Add(Windows, WindowBytes, Functions.Memory(Windows));
        Machine.Accessed = (address, _, _) => ConfigAccesses += address >= Config && address < Config + ConfigBytes ? 1 : 0;
    }

    public static NwlSettings Settings => new()
    {
        Policy = BringUpPolicy.Hypervisor,
        Bridge = new RegisterAddress(Registers),
        Attributes = new RegisterAddress(Attributes),
        Config = new EcamWindow(Config, ConfigBytes, 0, 255),
    };

    /// <summary>The two windows of the ZCU102.</summary>
    public static PortWindows PortWindows
        => new() { Memory = Windows, MemoryBytes = WindowBytes, Prefetchable = 0x6_0000_0000, PrefetchableBytes = 0x2_0000_0000 };

    public static MemoryWindow Window => new(new MachineAddress(Windows), Windows, WindowBytes);

    public SimulatedMachine Machine { get; }

    public SimulatedPciBus Functions { get; } = new();

    public SimulatedNwlBridge Bridge { get; }

    /// <summary>Accesses of the driver to the config window, whoever they were for.</summary>
    public int ConfigAccesses { get; private set; }

    public SimulatedClock Clock => new(Machine);

    public NwlHostBridge<SimulatedBus> Start() => Start(Settings);

    public NwlHostBridge<SimulatedBus> Start(NwlSettings settings)
    {
        bool started = NwlHostBridge<SimulatedBus>.TryStart(Machine.Bus, Clock, settings, out NwlHostBridge<SimulatedBus> bridge, out BridgeRefusal refusal);
        Assert.True(started, RefusalText.Of(refusal));
        return bridge;
    }

    /// <summary>What the refusal of a bridge says.</summary>
    public string Refusal(NwlSettings settings)
    {
        Assert.False(NwlHostBridge<SimulatedBus>.TryStart(Machine.Bus, Clock, settings, out _, out BridgeRefusal refusal));
        return RefusalText.Of(refusal);
    }

    public DmaFunction Plug(RequesterId id)
    {
        DmaFunction function = new() { Dma = Bridge };
        Functions.Add(id, function);
        return function;
    }

    public void Write(uint offset, uint value) => Machine.Write(Registers + offset, AccessWidth.Word, value);

    public static List<RequesterId> Find<TBridge>(TBridge bridge, EcamWindow window)
        where TBridge : struct, IHostBridge
    {
        List<RequesterId> found = [];
        FunctionEnumerator<TBridge> functions = new(bridge, window.FirstBus, window.LastBus);
        while (functions.MoveNext())
        {
            found.Add(functions.Current);
        }

        return found;
    }
}
