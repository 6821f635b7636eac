using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Interrupts;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Matrix;

/// <summary>One kind of physical MSI controller: its model and our driver of it.</summary>
/// <typeparam name="TMsi">The driver.</typeparam>
internal interface IPhysicalSide<TMsi>
    where TMsi : struct, IMsiController
{
    /// <summary>The way of the functions' messages.</summary>
    IDmaPath Dma { get; }

    /// <summary>Puts the model into a machine and starts the driver.</summary>
    TMsi Start(SimulatedMachine machine);

    /// <summary>A physical interrupt that is asserted, if there is one.</summary>
    bool TryTake(out uint interrupt);
}

/// <summary>GICv2m: an interrupt for each vector, and no idea who sent it.</summary>
internal sealed class FrameSide : IPhysicalSide<GicV2mController>
{
    private readonly SimulatedV2mFrame _frame = new(80, 64);
    private SimulatedMachine _machine = null!;

    public IDmaPath Dma => _machine;

    public GicV2mController Start(SimulatedMachine machine)
    {
        _machine = machine;
        machine.Add(0x0802_0000, 0x1000, _frame);
        Assert.True(GicV2mController.TryProbe(machine.Bus, new RegisterAddress(0x0802_0000), out GicV2mController controller));
        return controller;
    }

    public bool TryTake(out uint interrupt) => _frame.TryTake(out interrupt);
}

/// <summary>NWL: 64 status bits behind two interrupts, or a FIFO that names senders.</summary>
internal sealed class NwlSide(bool usesFifo) : IPhysicalSide<NwlMsiController<SimulatedBus, SimulatedClock>>
{
    private const ulong Registers = 0xFD0E_0000;
    private const ulong Attributes = 0xFD48_0000;

    private SimulatedNwlBridge _bridge = null!;

    public IDmaPath Dma => _bridge;

    public NwlMsiController<SimulatedBus, SimulatedClock> Start(SimulatedMachine machine)
    {
        _bridge = new SimulatedNwlBridge(machine, new SimulatedPciBus(), null);
        machine.Add(Registers, SimulatedNwlBridge.SizeBytes, _bridge.Registers);
        machine.Add(Attributes, SimulatedNwlBridge.SizeBytes, _bridge.Attributes);
        NwlMsiSettings settings = new() { UsesFifo = usesFifo, Doorbell = Attributes, LowInterrupt = 146, HighInterrupt = 147, EventInterrupt = 150 };
        Assert.True(NwlMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Bus, new RegisterAddress(Registers), new SimulatedClock(machine), settings, [], out NwlMsiController<SimulatedBus, SimulatedClock> controller, out _));
        return controller;
    }

    public bool TryTake(out uint interrupt)
    {
        interrupt = _bridge.IsLowRaised ? 146u : _bridge.IsHighRaised ? 147u : _bridge.IsEventRaised ? 150u : 0;
        return interrupt != 0;
    }
}

/// <summary>The soft AXI-PCIe bridge: a FIFO that names senders.</summary>
internal sealed class AxiSide : IPhysicalSide<AxiMsiController<SimulatedBus, SimulatedClock>>
{
    private const ulong Config = 0x5000_0000;
    private const uint Interrupt = 61;

    private SimulatedAxiPcieBridge _bridge = null!;

    public IDmaPath Dma => _bridge;

    public AxiMsiController<SimulatedBus, SimulatedClock> Start(SimulatedMachine machine)
    {
        _bridge = new SimulatedAxiPcieBridge(machine, new SimulatedPciBus());
        machine.Add(Config, 16 << 20, _bridge);
        Assert.True(AxiMsiController<SimulatedBus, SimulatedClock>.TryStart(
            machine.Bus, new RegisterAddress(Config), new SimulatedClock(machine), 0x6000_0000, Interrupt, [], out AxiMsiController<SimulatedBus, SimulatedClock> controller, out _));
        return controller;
    }

    public bool TryTake(out uint interrupt)
    {
        interrupt = _bridge.IsRaised ? Interrupt : 0;
        return interrupt != 0;
    }
}

/// <summary>ITS: each device has events of its own.</summary>
internal sealed class ItsSide : IPhysicalSide<ItsDriver>
{
    private SimulatedMachine _machine = null!;
    private SimulatedRedistributor _interrupts = null!;
    private PagePool<SimulatedMemory> _pool;

    public IDmaPath Dma => _machine;

    public ItsDriver Start(SimulatedMachine machine)
    {
        _machine = machine;
        _interrupts = new SimulatedRedistributor(machine);
        machine.Add(0x0C08_0000, SimulatedGicIts.SizeBytes, new SimulatedGicIts(machine, _interrupts, 0x0C0A_0000));
        machine.Add(0x0C0A_0000, SimulatedRedistributor.SizeBytes, _interrupts);
        SimulatedMemory memory = new(machine);
        Assert.True(PagePool<SimulatedMemory>.TryCreate(memory, new MachineAddress(0x4000_0000), 0x10_0000, out _pool));
        ItsResult result = ItsDriver.TryStart(
            machine.Bus,
            new RegisterAddress(0x0C08_0000),
            new RegisterAddress(0x0C0A_0000),
            memory,
            new SimulatedClock(machine),
            new ItsOptions { Vectors = 512, Devices = 8, DeviceBits = 12, IsCoherent = true, PatienceMicroseconds = 1000 },
            ref _pool,
            out ItsDriver controller);
        Assert.Equal(ItsResult.Done, result);
        return controller;
    }

    public bool TryTake(out uint interrupt) => _interrupts.TryTake(out interrupt);
}
