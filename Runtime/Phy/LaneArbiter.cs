using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Phy;

/// <summary>
/// Who has which lane. Lanes of PCI Express, and those that nobody was given, are the hypervisor's. A lane is given with its protocol, and all lanes of one controller to one owner: whoever
/// has a lane may reset its controller.
/// </summary>
public struct LaneArbiter
{
    private readonly LanePlan _plan;
    private Owners _owners;

    /// <summary>Begins with every lane the hypervisor's.</summary>
    /// <param name="plan">What each lane of the machine is for, whoever is to have it.</param>
    public LaneArbiter(LanePlan plan)
    {
        _plan = plan;
    }

    /// <summary>What each lane is for.</summary>
    public readonly LanePlan Plan => _plan;

    /// <summary>Who has a lane; nobody when it is the hypervisor's.</summary>
    /// <param name="lane">The lane, 0 to 3.</param>
    public readonly OwnerId OwnerOf(uint lane) => lane < LaneMatrix.Lanes ? _owners[(int)lane] : default;

    /// <summary>Gives a lane away.</summary>
    /// <param name="lane">The lane, 0 to 3.</param>
    /// <param name="owner">Who gets it.</param>
    /// <returns>Why not, and then nothing has changed.</returns>
    public LaneProblem Give(uint lane, OwnerId owner)
    {
        if (lane >= LaneMatrix.Lanes)
        {
            return LaneProblem.NoSuchLane;
        }

        LaneProtocol protocol = _plan[lane].Protocol;
        if (owner.IsNone || protocol is LaneProtocol.None or LaneProtocol.Pcie || !(OwnerOf(lane).IsNone || OwnerOf(lane).Is(owner)))
        {
            return LaneProblem.NotOwned;
        }

        for (uint other = 0; other < LaneMatrix.Lanes; other++)
        {
            if (_plan.AreOfOneController(lane, other) && !(OwnerOf(other).IsNone || OwnerOf(other).Is(owner)))
            {
                return LaneProblem.ControllerShared;
            }
        }

        _owners[(int)lane] = owner;
        return LaneProblem.None;
    }

    /// <summary>Takes a lane back. It stays as its owner left it: switch it off (<see cref="PsGtr{TBus}.PowerOff(uint)"/>).</summary>
    /// <param name="lane">The lane, 0 to 3.</param>
    /// <param name="owner">Who has it.</param>
    /// <returns>Why not, and then nothing has changed.</returns>
    public LaneProblem Take(uint lane, OwnerId owner)
    {
        if (lane >= LaneMatrix.Lanes)
        {
            return LaneProblem.NoSuchLane;
        }

        if (owner.IsNone || !OwnerOf(lane).Is(owner))
        {
            return LaneProblem.NotOwned;
        }

        _owners[(int)lane] = default;
        return LaneProblem.None;
    }

    /// <summary>Whether somebody has a lane.</summary>
    internal readonly bool Has(OwnerId owner, uint lane) => lane < LaneMatrix.Lanes && !owner.IsNone && OwnerOf(lane).Is(owner);

    /// <summary>Whether somebody has every planned lane of a lane's controller, and so the controller.</summary>
    internal readonly bool HasController(OwnerId owner, [GuestControlled] uint lane)
    {
        if (lane >= LaneMatrix.Lanes)
        {
            return false;
        }

        bool has = Has(owner, lane);
        for (uint other = 0; other < LaneMatrix.Lanes; other++)
        {
            has &= !_plan.AreOfOneController(lane, other) || Has(owner, other);
        }

        return has;
    }

    [InlineArray((int)LaneMatrix.Lanes)]
    private struct Owners
    {
        private OwnerId _owner;
    }
}
