using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Phy;

/// <summary>
/// The PS-GTR of the ZynqMP: four lanes behind one calibration, each led by the interconnect to one controller. By the policy of its settings it looks at what firmware or a hardware
/// domain did, or brings the lanes of its plan up; when one of them does not come, it and those before it are switched off again, the last one first, with their controllers in reset.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <remarks>Source: UG1085, PS-GTR transceivers; UG1087; Linux phy-zynqmp.c.</remarks>
public readonly struct PsGtr<TBus>
    where TBus : struct, IRegisterBus
{
    private readonly TBus _bus;
    private readonly PsGtrSettings _settings;

    private PsGtr(TBus bus, PsGtrSettings settings)
    {
        _bus = bus;
        _settings = settings;
    }

    /// <summary>The lanes.</summary>
    public LanePlan Plan => _settings.Plan;

    /// <summary>The transceivers' registers.</summary>
    public PsGtr.Registers<TBus> Registers => new(_bus, _settings.Serdes);

    private PsGtrBlocks<TBus> Blocks => new(_bus, _settings);

    /// <summary>Takes the lanes of the plan over, by the policy of the settings.</summary>
    /// <typeparam name="TClock">What bounds the waits.</typeparam>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="clock">What bounds the waits: 1 ms for the calibration, 10 ms for a PLL.</param>
    /// <param name="settings">What the board decided.</param>
    /// <param name="transceivers">The transceivers; usable only when there is nothing to refuse.</param>
    /// <param name="refusal">The register that did not show what it should.</param>
    /// <returns>Whether every lane of the plan is ready. If not, and they were brought up here, every one of them is off and its controller in reset.</returns>
    public static bool TryStart<TClock>(TBus bus, in TClock clock, PsGtrSettings settings, out PsGtr<TBus> transceivers, out BridgeRefusal refusal)
        where TClock : struct, IClock
    {
        transceivers = default;
        PsGtr<TBus> candidate = new(bus, settings);
        refusal = !settings.ArePresent || settings.Plan.IsEmpty || settings.Plan.Problem != LaneProblem.None
            ? new BridgeRefusal(BridgeBlock.LanePlan, 0, (uint)settings.Plan.Problem, 0, 1)
            : settings.Policy == BringUpPolicy.Hypervisor ? candidate.BringUp(clock) : candidate.Check(LaneProtocol.None);
        if (refusal.IsNone)
        {
            transceivers = candidate;
        }

        return refusal.IsNone;
    }

    /// <summary>Whether every lane of the plan is connected as planned, calibrated, and its PLL locked now. Reads only.</summary>
    /// <param name="refusal">The register that says no.</param>
    public bool IsReady(out BridgeRefusal refusal)
    {
        refusal = Check(LaneProtocol.None);
        return refusal.IsNone;
    }

    /// <summary>The same for the lanes of one protocol.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="refusal">The register that says no.</param>
    public bool IsReady(LaneProtocol protocol, out BridgeRefusal refusal)
    {
        refusal = Check(protocol);
        return refusal.IsNone;
    }

    /// <summary>Switches a lane of the plan off: its controller goes into reset, then nothing is led to the lane.</summary>
    /// <param name="lane">The lane; one that is not in the plan stays as it is.</param>
    public void PowerOff(uint lane)
    {
        LaneSetup setup = Plan[lane];
        if (setup.Protocol != LaneProtocol.None)
        {
            new ControllerResets<TBus>(Blocks).Set(setup, isHeld: true);
            new Interconnect<TBus>(Registers).Connect(lane, LaneProtocol.None);
        }
    }

    /// <summary>Switches all lanes of the plan off, the last one first.</summary>
    public void PowerOff() => PowerOffFrom(LaneMatrix.Lanes - 1);

    private static bool IsLastOfController(LanePlan plan, uint lane)
    {
        bool isLast = true;
        for (uint other = lane + 1; other < LaneMatrix.Lanes; other++)
        {
            isLast &= !plan.AreOfOneController(lane, other);
        }

        return isLast;
    }

    private static bool IsFirstOfController(LanePlan plan, uint lane)
    {
        bool isFirst = true;
        for (uint other = 0; other < lane; other++)
        {
            isFirst &= !plan.AreOfOneController(lane, other);
        }

        return isFirst;
    }

    private BridgeRefusal Check(LaneProtocol protocol) => new PsGtrChecklist<TBus>(Registers, Plan).Check(protocol);

    private BridgeRefusal BringUp<TClock>(in TClock clock)
        where TClock : struct, IClock
    {
        if (_settings.Calibrates)
        {
            BridgeRefusal measured = CheckIdle();
            measured = measured.IsNone ? Calibrate(clock) : measured;
            if (!measured.IsNone)
            {
                return measured;
            }
        }

        bool terminated = !_settings.FixesTermination || _settings.Calibrates;
        for (uint lane = 0; lane < LaneMatrix.Lanes; lane++)
        {
            if (Plan[lane].Protocol == LaneProtocol.None)
            {
                continue;
            }

            BridgeRefusal refusal = terminated ? default : CheckIdle();
            if (!refusal.IsNone)
            {
                return refusal;
            }

            refusal = BringUp(clock, lane, !terminated);
            if (!refusal.IsNone)
            {
                PowerOffFrom(lane);
                return refusal;
            }

            terminated = true;
        }

        BridgeRefusal left = Check(LaneProtocol.None);
        if (!left.IsNone)
        {
            PowerOff();
        }

        return left;
    }

    private unsafe BridgeRefusal BringUp<TClock>(in TClock clock, uint lane, bool terminates)
        where TClock : struct, IClock
    {
        FirstMismatch mismatch = default;
        LaneBringUp<VerifiedBus<TBus>, TClock> steps = new(
            new PsGtrBlocks<VerifiedBus<TBus>>(new VerifiedBus<TBus>(_bus, &mismatch), _settings), Plan, clock);
        SequenceFailure failure = default;
        if (IsFirstOfController(Plan, lane))
        {
            steps.Hold(lane);
        }

        bool done = (!terminates || steps.Terminate(lane, out failure)) && !mismatch.Exists && steps.SetUp(lane, out failure) && !mismatch.Exists;
        if (done && IsLastOfController(Plan, lane))
        {
            done = steps.Release(lane, out failure) && !mismatch.Exists && steps.Wait(lane, out failure) && !mismatch.Exists;
            if (done)
            {
                steps.Finish(lane);
            }
        }

        return Refusal(in mismatch, done, failure);
    }

    private unsafe BridgeRefusal Calibrate<TClock>(in TClock clock)
        where TClock : struct, IClock
    {
        FirstMismatch mismatch = default;
        Calibration<VerifiedBus<TBus>, TClock> calibration = new(new PsGtr.Registers<VerifiedBus<TBus>>(new VerifiedBus<TBus>(_bus, &mismatch), _settings.Serdes), clock);
        bool done = calibration.TryRun(out SequenceFailure failure) && !mismatch.Exists;
        if (!done)
        {
            // Whatever was kept of it: no lane was in use before.
            Registers.IcmCfg0.Write(default);
            Registers.IcmCfg1.Write(default);
        }

        return Refusal(in mismatch, done, failure);
    }

    private BridgeRefusal Refusal(in FirstMismatch mismatch, bool done, SequenceFailure failure)
    {
        if (mismatch.Exists)
        {
            BridgeBlock block = Blocks.Find(mismatch.Address, out uint offset);
            return new BridgeRefusal(block, offset, mismatch.Shown, uint.MaxValue, mismatch.Written);
        }

        return done ? default : new BridgeRefusal(
            BridgeBlock.PsGtr, failure.Offset, _bus.Read32(_settings.Serdes + failure.Offset), (uint)failure.Mask, (uint)failure.Expected);
    }

    // The common reset stops every lane, whoever has it.
    private BridgeRefusal CheckIdle()
    {
        BridgeChecklist list = default;
        list.Require(BridgeBlock.PsGtr, PsGtr.Offsets.IcmCfg0, Registers.IcmCfg0.Read().Value, uint.MaxValue, 0);
        list.Require(BridgeBlock.PsGtr, PsGtr.Offsets.IcmCfg1, Registers.IcmCfg1.Read().Value, uint.MaxValue, 0);
        return list.Refusal;
    }

    private void PowerOffFrom(uint last)
    {
        for (uint lane = last; lane < LaneMatrix.Lanes; lane--)
        {
            PowerOff(lane);
        }
    }
}
