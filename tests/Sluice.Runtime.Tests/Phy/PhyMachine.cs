using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Phy;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Pci;
using Sluice.Simulation.Phy;
using Xunit;

namespace Sluice.Runtime.Tests.Phy;

/// <summary>A machine with the ZynqMP's transceivers and its NWL bridge, whose link hangs on them.</summary>
public sealed class PhyMachine
{
    public PhyMachine(SimulatedPsGtrOptions? options = null)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(0x4000_0000, 1 << 16));
        Lanes = new SimulatedPsGtr(Machine, options);
        Lanes.AddTo(PsGtrSettings.Zynqmp);
        Bridge = new SimulatedNwlBridge(Machine, new SimulatedPciBus()) { Transceivers = Lanes };
        Machine.Add(0xFD0E_0000, SimulatedNwlBridge.SizeBytes, Bridge.Registers);
        Machine.Add(0xFD48_0000, SimulatedNwlBridge.SizeBytes, Bridge.Attributes);
        Machine.Add(0x80_0000_0000, 16 << 20, Bridge.Config);
    }

    public SimulatedMachine Machine { get; }

    public SimulatedPsGtr Lanes { get; }

    public SimulatedNwlBridge Bridge { get; }

    public SimulatedClock Clock => new(Machine);

    /// <summary>Interconnect, the resets of the controllers that lanes lead to, and what the unit says of SATA: what must be as before when a bring-up fails.</summary>
    public (uint, uint, uint, uint, uint) State
        => (Lanes.Peek(0x10010), Lanes.Peek(0x10014), Lanes.FullPowerReset & 0xF_0002, Lanes.LowPowerReset & 0xFC0, Lanes.EthernetReset & 0xF);

    public static LaneSetup Setup(LaneProtocol protocol, uint instance, uint clock, uint hertz)
        => new() { Protocol = protocol, Instance = instance, ReferenceClock = clock, ReferenceHertz = hertz };

    /// <summary>PCI Express on the first lanes, all with the clock of lane 0.</summary>
    public static LanePlan Pcie(uint width)
    {
        LanePlan plan = default;
        for (uint lane = 0; lane < width; lane++)
        {
            Assert.Equal(LaneProblem.None, plan.Add(lane, Setup(LaneProtocol.Pcie, lane, 0, 100_000_000)));
        }

        return plan;
    }

    /// <summary>The lanes of the ZCU102: PCI Express, DisplayPort with the clock of lane 3, USB, SATA with the clock of lane 1.</summary>
    public static LanePlan Zcu102()
    {
        LanePlan plan = Pcie(1);
        Assert.Equal(LaneProblem.None, plan.Add(1, Setup(LaneProtocol.DisplayPort, 0, 3, 27_000_000)));
        Assert.Equal(LaneProblem.None, plan.Add(2, Setup(LaneProtocol.Usb3, 0, 2, 26_000_000)));
        Assert.Equal(LaneProblem.None, plan.Add(3, Setup(LaneProtocol.Sata, 1, 1, 125_000_000)));
        return plan;
    }

    public static PsGtrSettings Settings(LanePlan plan, BringUpPolicy policy = BringUpPolicy.Hypervisor)
        => PsGtrSettings.Zynqmp with { Plan = plan, Policy = policy };

    public PsGtr<SimulatedBus> Start(PsGtrSettings settings)
    {
        bool started = PsGtr<SimulatedBus>.TryStart(Machine.Bus, Clock, settings, out PsGtr<SimulatedBus> lanes, out BridgeRefusal refusal);
        Assert.True(started, RefusalText.Of(refusal));
        return lanes;
    }

    public string Refusal(PsGtrSettings settings)
    {
        Assert.False(PsGtr<SimulatedBus>.TryStart(Machine.Bus, Clock, settings, out _, out BridgeRefusal refusal));
        return RefusalText.Of(refusal);
    }

    public uint Read(ulong address) => (uint)Machine.Read(address, AccessWidth.Word);
}
