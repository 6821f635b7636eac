using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.HostBridges;

/// <summary>A machine with a soft AXI-PCIe bridge; functions are plugged in by each test.</summary>
public sealed class AxiMachine
{
    public const ulong Config = 0x5000_0000;

    public AxiMachine(int depth = 15)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(0x4000_0000, 1 << 20));
        Bridge = new SimulatedAxiPcieBridge(Machine, Functions, depth);
        Machine.Add(Config, 16 << 20, Bridge);
        Machine.Accessed = (address, _, _) => ConfigAccesses += address >= Config && address < Config + (16 << 20) ? 1 : 0;
    }

    public static AxiPcieSettings Settings => new() { Policy = BringUpPolicy.Hypervisor, Config = new EcamWindow(Config, 16 << 20, 0, 15) };

    public SimulatedMachine Machine { get; }

    public SimulatedPciBus Functions { get; } = new();

    public SimulatedAxiPcieBridge Bridge { get; }

    public int ConfigAccesses { get; private set; }

    public XilinxAxiHostBridge<SimulatedBus> Start() => Start(Settings);

    public XilinxAxiHostBridge<SimulatedBus> Start(AxiPcieSettings settings)
    {
        Assert.True(
            XilinxAxiHostBridge<SimulatedBus>.TryStart(Machine.Bus, settings, out XilinxAxiHostBridge<SimulatedBus> bridge, out BridgeRefusal refusal),
            RefusalText.Of(refusal));
        return bridge;
    }

    public uint[] State()
        => [
            Bridge.Peek(AxiPcie.Offsets.Rpsc), Bridge.Peek(AxiPcie.Offsets.Imr), Bridge.Peek(AxiPcie.Offsets.Rpmsib1), Bridge.Peek(AxiPcie.Offsets.Rpmsib2),
            Bridge.RootPort.Peek(0x04, AccessWidth.Word), Bridge.RootPort.Peek(0x18, AccessWidth.Word), Bridge.RootPort.Peek(0x20, AccessWidth.Word),
            Bridge.RootPort.Peek(0x24, AccessWidth.Word), Bridge.RootPort.Peek(0x28, AccessWidth.Word), Bridge.RootPort.Peek(0x2C, AccessWidth.Word),
        ];
}
