using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Phy;

namespace Sluice.DriverImage;

/// <summary>The transceivers and their arbiter.</summary>
internal static class PhyDrivers
{
    /// <summary>Calls everything that the driver of the transceivers can do.</summary>
    public static uint UseAll(GenericTimer clock)
    {
        LanePlan plan = default;
        LaneProblem problem = plan.Add(0, new LaneSetup { Protocol = LaneProtocol.Pcie, ReferenceHertz = 100_000_000 });
        problem |= plan.Add(3, new LaneSetup { Protocol = LaneProtocol.Sata, Instance = 1, ReferenceClock = 1, ReferenceHertz = 125_000_000 });
        PsGtrSettings settings = PsGtrSettings.Zynqmp with { Plan = plan, Policy = BringUpPolicy.Hypervisor, FixesTermination = true };
        uint used = (uint)problem;
        if (PsGtr<MmioBus>.TryStart(default, clock, settings, out PsGtr<MmioBus> lanes, out BridgeRefusal refusal))
        {
            used += lanes.IsReady(out refusal) ? 1u : 0;
            lanes.PowerOff();
        }

        OwnerId owner = new(1);
        LaneArbiter arbiter = new(plan);
        used += (uint)arbiter.Give(3, owner);
        PsGtrDomain<MmioBus> domain = new(default, settings, owner);
        for (PhyBlock block = PhyBlock.Serdes; block <= PhyBlock.LowPowerResets; block++)
        {
            domain.Write(arbiter, block, used, AccessWidth.Word, new GuestValue(used));
            domain.Read(arbiter, block, used, AccessWidth.Word, out ulong value);
            used += (uint)value;
        }

        return used + (uint)arbiter.Take(3, owner) + refusal.Offset;
    }
}
