using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// Resets one function, which must be silent: neither decoding nor mastering. Every wait is bounded in time, and a function that has gone ends it at once. After a reset the
/// function is not asked anything for 100 ms, and then until it is ready, a second at most (PCI Express Base Specification, "Conventional Reset", "Function Level Reset").
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TClock">What the waits are measured with.</typeparam>
public struct FunctionReset<TBridge, TClock>
    where TBridge : struct, IHostBridge
    where TClock : struct, IClock
{
    private const ulong PendingMicroseconds = 1_000_000;
    private const ulong ResetMicroseconds = 100_000;
    private const ulong ReadyMicroseconds = 1_000_000;
    private const ulong IntervalMicroseconds = 1_000;
    private const ulong PowerMicroseconds = 10_000;
    private const ulong BusMicroseconds = 2_000;
    private const uint Retry = 0x0001;
    private const uint Gone = ushort.MaxValue;

    private readonly FunctionConfig<TBridge> _config;
    private readonly ResetAbilities _abilities;
    private readonly TClock _clock;

    /// <summary>Prepares to reset a function.</summary>
    /// <param name="config">Its config space.</param>
    /// <param name="abilities">What it was found to be able to.</param>
    /// <param name="clock">What the waits are measured with.</param>
    public FunctionReset(FunctionConfig<TBridge> config, in ResetAbilities abilities, TClock clock)
    {
        _config = config;
        _abilities = abilities;
        _clock = clock;
    }

    /// <summary>Byte offset in config space of the register that did not show what it should; of the bridge's, for a bus reset that was not taken.</summary>
    public uint FailedRegister { get; private set; }

    /// <summary>What that register showed.</summary>
    public uint FailedValue { get; private set; }

    /// <summary>Waits until the function's own requests are answered: its transactions-pending bit, where it has one.</summary>
    public ResetResult WaitForRest()
    {
        Deadline end = Deadline.After(_clock, PendingMicroseconds);
        while (true)
        {
            bool late = end.HasPassed(_clock);
            uint status = ReadPending(out uint register, out bool pending);
            if (!pending)
            {
                return ResetResult.Done;
            }

            if (late || IsGone)
            {
                return Fail(late ? ResetResult.NotAtRest : ResetResult.NotReady, register, status);
            }

            Wait(IntervalMicroseconds);
        }
    }

    /// <summary>Resets the function alone.</summary>
    /// <param name="method">How; not by its bus.</param>
    public ResetResult Reset(ResetMethod method)
    {
        bool possible = method switch
        {
            ResetMethod.FunctionLevel => _abilities.CanFlr,
            ResetMethod.AdvancedFeatures => _abilities.CanAf,
            ResetMethod.PowerState => _abilities.CanPower,
            _ => false,
        };
        if (!possible)
        {
            return ResetResult.Impossible;
        }

        ResetResult rest = WaitForRest();
        if (rest != ResetResult.Done)
        {
            return rest;
        }

        // A reset clears this bit, which is set in every function that was silenced: so it shows whether there was one.
        bool shows = Header.Command.Read().IntxDisable;
        switch (method)
        {
            case ResetMethod.FunctionLevel:
                Express.ExpDevctl.Modify(Express.ExpDevctl.Read() with { BcrFlr = true });
                break;
            case ResetMethod.AdvancedFeatures:
                Af.AfCtrl.Write(default(AfCapability.AfCtrl) with { Flr = true });
                break;
            default:
                ResetResult cycled = CyclePower();
                if (cycled != ResetResult.Done)
                {
                    return cycled;
                }

                break;
        }

        Wait(ResetMicroseconds);
        ResetResult ready = WaitForReady();
        PciHeader.Command command = ready == ResetResult.Done && shows && method != ResetMethod.PowerState ? Header.Command.Read() : default;
        return command.IntxDisable ? Fail(ResetResult.NotTaken, PciHeader.Offsets.Command, command.Value) : ready;
    }

    /// <summary>Resets everything below the function's bridge.</summary>
    /// <param name="bridge">The config space of the bridge; the function is on its secondary bus.</param>
    public ResetResult ResetBus(FunctionConfig<TBridge> bridge)
    {
        ResetResult rest = WaitForRest();
        if (rest != ResetResult.Done)
        {
            return rest;
        }

        PciBridgeHeader.Registers<FunctionConfig<TBridge>> header = new(bridge, new RegisterAddress(0));
        header.BridgeControl.Modify(header.BridgeControl.Read() with { BusReset = true });
        bool taken = header.BridgeControl.Read().BusReset;
        Wait(BusMicroseconds);
        header.BridgeControl.Modify(header.BridgeControl.Read() with { BusReset = false });
        PciBridgeHeader.BridgeControl after = header.BridgeControl.Read();
        if (!taken || after.BusReset)
        {
            return Fail(ResetResult.NotTaken, PciBridgeHeader.Offsets.BridgeControl, after.Value);
        }

        Wait(ResetMicroseconds);
        return WaitForReady();
    }

    /// <summary>Waits until the function answers with an identity: neither absent nor asking to be asked again (CRS).</summary>
    public ResetResult WaitForReady()
    {
        Deadline end = Deadline.After(_clock, ReadyMicroseconds);
        while (true)
        {
            bool late = end.HasPassed(_clock);
            uint vendor = Header.VendorId.Read().Value;
            if (vendor is not (Gone or Retry or 0))
            {
                return ResetResult.Done;
            }

            if (late)
            {
                return Fail(ResetResult.NotReady, PciHeader.Offsets.VendorId, vendor);
            }

            Wait(IntervalMicroseconds * 10);
        }
    }

    private readonly PciHeader.Registers<FunctionConfig<TBridge>> Header => new(_config, new RegisterAddress(0));

    private readonly PcieCapability.Registers<FunctionConfig<TBridge>> Express => new(_config, new RegisterAddress(_abilities.ExpressOffset));

    private readonly AfCapability.Registers<FunctionConfig<TBridge>> Af => new(_config, new RegisterAddress(_abilities.AfOffset));

    private readonly bool IsGone => Header.VendorId.Read().Value == Gone;

    private readonly uint ReadPending(out uint register, out bool pending)
    {
        if (_abilities.ExpressOffset != 0)
        {
            PcieCapability.ExpDevsta status = Express.ExpDevsta.Read();
            register = _abilities.ExpressOffset + PcieCapability.Offsets.ExpDevsta;
            pending = status.Trpnd;
            return status.Value;
        }

        if (_abilities.AfOffset != 0 && _abilities.ShowsAfPending)
        {
            AfCapability.AfStatus status = Af.AfStatus.Read();
            register = _abilities.AfOffset + AfCapability.Offsets.AfStatus;
            pending = status.Tp;
            return status.Value;
        }

        register = 0;
        pending = false;
        return 0;
    }

    private ResetResult CyclePower()
    {
        PmCapability.Registers<FunctionConfig<TBridge>> power = new(_config, new RegisterAddress(_abilities.PowerOffset));
        uint register = _abilities.PowerOffset + PmCapability.Offsets.Pmcsr;
        power.Pmcsr.Modify(power.Pmcsr.Read() with { State = PmCapability.PmcsrState.D3hot });
        Wait(PowerMicroseconds);
        PmCapability.Pmcsr asleep = power.Pmcsr.Read();
        power.Pmcsr.Modify(asleep with { State = PmCapability.PmcsrState.D0 });
        Wait(PowerMicroseconds);
        PmCapability.Pmcsr awake = power.Pmcsr.Read();
        bool cycled = asleep.State == PmCapability.PmcsrState.D3hot && awake.State == PmCapability.PmcsrState.D0 && awake.Value != ushort.MaxValue;
        return cycled ? ResetResult.Done : Fail(ResetResult.NotTaken, register, asleep.State == PmCapability.PmcsrState.D3hot ? awake.Value : asleep.Value);
    }

    private readonly void Wait(ulong microseconds)
    {
        Deadline end = Deadline.After(_clock, microseconds);
        while (!end.HasPassed(_clock))
        {
        }
    }

    private ResetResult Fail(ResetResult result, uint register, uint value)
    {
        FailedRegister = register;
        FailedValue = value;
        return result;
    }
}
