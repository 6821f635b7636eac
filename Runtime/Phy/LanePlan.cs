using System.Runtime.CompilerServices;
using Sluice.Runtime.Firmware;

namespace Sluice.Runtime.Phy;

/// <summary>What each of the four lanes is for. It takes only what the interconnect can do.</summary>
public struct LanePlan
{
    private Setups _setups;

    /// <summary>What a lane is for; nothing beyond the four.</summary>
    /// <param name="lane">The lane, 0 to 3.</param>
    public readonly LaneSetup this[uint lane] => lane < LaneMatrix.Lanes ? _setups[(int)lane] : default;

    /// <summary>How many lanes PCI Express has.</summary>
    public readonly uint PcieWidth => Count(LaneProtocol.Pcie);

    /// <summary>Whether no lane is for anything.</summary>
    public readonly bool IsEmpty => Count(LaneProtocol.None) == LaneMatrix.Lanes;

    /// <summary>Whether the lanes together make sense: the widths that PCI Express can have, and the first lane of DisplayPort.</summary>
    public readonly LaneProblem Problem
    {
        get
        {
            uint width = PcieWidth;
            bool pcie = width is 0 or 1 or 2 or 4;
            for (uint lane = 0; lane < width; lane++)
            {
                pcie &= this[lane].Protocol == LaneProtocol.Pcie;
            }

            bool display = Count(LaneProtocol.DisplayPort) is 0 || FirstOf(LaneProtocol.DisplayPort) < LaneMatrix.Lanes;
            return pcie && display && Count(LaneProtocol.DisplayPort) <= 2 ? LaneProblem.None : LaneProblem.WrongWidth;
        }
    }

    /// <summary>Adds a lane.</summary>
    /// <param name="lane">The lane, 0 to 3.</param>
    /// <param name="setup">What it is to be for.</param>
    /// <returns>Why it cannot be, and then nothing has changed.</returns>
    public LaneProblem Add(uint lane, LaneSetup setup)
    {
        LaneProblem problem =
            lane >= LaneMatrix.Lanes || setup.ReferenceClock >= LaneMatrix.Lanes ? LaneProblem.NoSuchLane
            : !LaneMatrix.TryInstance(lane, setup.Protocol, out uint instance) ? LaneProblem.NoSuchProtocol
            : setup.Instance != instance ? LaneProblem.WrongInstance
            : this[lane].Protocol != LaneProtocol.None || Has(setup.Protocol, instance) ? LaneProblem.LaneTaken
            : setup.ReferenceHertz == 0 ? LaneProblem.NoClock
            : !LaneClock.TryFind(setup.ReferenceHertz, out _) ? LaneProblem.WrongFrequency
            : LaneProblem.None;
        if (problem == LaneProblem.None)
        {
            _setups[(int)lane] = setup;
        }

        return problem;
    }

    /// <summary>Adds a lane that a device tree asks for, in whichever form.</summary>
    /// <param name="reference">What the tree says.</param>
    /// <param name="clocks">How fast the board's clocks are, for the forms of the binding that do not say.</param>
    /// <returns>Why it cannot be, and then nothing has changed.</returns>
    public LaneProblem Add(in PhyReference reference, in ReferenceClocks clocks)
    {
        if (reference.ReferenceClock >= LaneMatrix.Lanes)
        {
            return LaneProblem.NoSuchLane;
        }

        LaneProtocol protocol = reference.Protocol switch
        {
            PhyProtocol.Pcie => LaneProtocol.Pcie,
            PhyProtocol.Sata => LaneProtocol.Sata,
            PhyProtocol.Usb3 => LaneProtocol.Usb3,
            PhyProtocol.DisplayPort => LaneProtocol.DisplayPort,
            PhyProtocol.Sgmii => LaneProtocol.Sgmii,
            _ => LaneProtocol.None,
        };
        LaneSetup setup = new()
        {
            Protocol = protocol,
            Instance = reference.Instance,
            ReferenceClock = reference.ReferenceClock,
            ReferenceHertz = reference.ReferenceHertz != 0 ? reference.ReferenceHertz : clocks[(int)reference.ReferenceClock],
        };
        return Add(reference.Lane, setup);
    }

    /// <summary>The lane whose PLL all lanes of a controller wait for: that of the first logical lane for PCI Express and DisplayPort, else the lane itself.</summary>
    /// <param name="lane">The lane.</param>
    /// <returns>That lane; past the last one when the first logical lane is missing.</returns>
    internal readonly uint PllOf(uint lane)
    {
        LaneProtocol protocol = this[lane].Protocol;
        return protocol is LaneProtocol.Pcie or LaneProtocol.DisplayPort ? FirstOf(protocol) : lane;
    }

    /// <summary>Whether two lanes lead to the same controller.</summary>
    internal readonly bool AreOfOneController(uint one, uint other)
    {
        LaneSetup first = this[one];
        LaneSetup second = this[other];
        bool isOneOfMany = first.Protocol is LaneProtocol.Usb3 or LaneProtocol.Sgmii;
        return first.Protocol != LaneProtocol.None && first.Protocol == second.Protocol && (!isOneOfMany || first.Instance == second.Instance);
    }

    private readonly bool Has(LaneProtocol protocol, uint instance)
    {
        bool has = false;
        for (uint lane = 0; lane < LaneMatrix.Lanes; lane++)
        {
            has |= this[lane].Protocol == protocol && this[lane].Instance == instance;
        }

        return has;
    }

    private readonly uint FirstOf(LaneProtocol protocol)
    {
        uint lane = 0;
        while (lane < LaneMatrix.Lanes && !(this[lane].Protocol == protocol && this[lane].Instance == 0))
        {
            lane++;
        }

        return lane;
    }

    private readonly uint Count(LaneProtocol protocol)
    {
        uint count = 0;
        for (uint lane = 0; lane < LaneMatrix.Lanes; lane++)
        {
            count += this[lane].Protocol == protocol ? 1u : 0;
        }

        return count;
    }

    [InlineArray((int)LaneMatrix.Lanes)]
    private struct Setups
    {
        private LaneSetup _setup;
    }
}
