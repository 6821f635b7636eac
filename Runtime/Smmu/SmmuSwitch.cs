using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>Switches an SMMUv3 off and on, step by step, each confirmed by the register that acknowledges it.</summary>
/// <typeparam name="TBus">How its registers are reached.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <remarks>Source: Arm IHI 0070, sections 3.21.1 and 6.3.</remarks>
internal readonly struct SmmuSwitch<TBus, TClock>
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    private const ulong DefaultPatienceMicroseconds = 100_000;

    private readonly TClock _clock;
    private readonly bool _devicesAreSilent;

    internal SmmuSwitch(TBus bus, RegisterAddress address, TClock clock, SmmuOptions options)
    {
        _clock = clock;
        _devicesAreSilent = options.DevicesAreSilent;
        Patience = options.PatienceMicroseconds == 0 ? DefaultPatienceMicroseconds : options.PatienceMicroseconds;
        Registers = new Smmuv3.Registers<TBus>(bus, address);
        Capabilities = new SmmuCapabilities(Registers.Idr0.Read(), Registers.Idr1.Read(), Registers.Idr5.Read());
    }

    internal Smmuv3.Registers<TBus> Registers { get; }

    internal SmmuCapabilities Capabilities { get; }

    /// <summary>How long the SMMU may take for an answer, in microseconds.</summary>
    internal ulong Patience { get; }

    /// <summary>Which identification register says that something is missing.</summary>
    internal uint UnsupportedRegister(SmmuResult result) => result == SmmuResult.Unsupported && Capabilities.HasPlacedTables
        ? Smmuv3.Offsets.Idr1
        : Smmuv3.Offsets.Idr0;

    /// <summary>Whether everything is aborted while the SMMU is off.</summary>
    internal bool AbortsWhileOff => Registers.Gbpa.Read().Abort;

    /// <summary>Everything is aborted from now on: first by what counts while the SMMU is off, then by switching it off.</summary>
    internal SmmuResult Off(out uint failedRegister)
    {
        failedRegister = Smmuv3.Offsets.Gbpa;
        if (!AwaitUpdate())
        {
            return SmmuResult.Timeout;
        }

        Registers.Gbpa.Write(Registers.Gbpa.Read() with { Abort = true, Update = true });
        if (!AwaitUpdate())
        {
            return SmmuResult.Timeout;
        }

        if (!AbortsWhileOff && !_devicesAreSilent)
        {
            return SmmuResult.Unsupported;
        }

        SmmuResult interrupts = SetInterrupts(default, out failedRegister);
        return interrupts == SmmuResult.Done ? SetControl(default, out failedRegister) : interrupts;
    }

    /// <summary>Gives the SMMU its stream table; it must be off.</summary>
    /// <param name="streams">The table.</param>
    /// <param name="log2Streams">log2 of the number of streams.</param>
    /// <param name="secondLevelBits">log2 of the entries of a second-level table; 0 for a linear one.</param>
    internal void Configure(MachineAddress streams, int log2Streams, int secondLevelBits)
    {
        bool coherent = Capabilities.IsCoherent;
        Registers.Cr1.Write(default(Smmuv3.Cr1) with
        {
            TableSh = coherent ? Smmuv3.Cr1TableSh.Inner : Smmuv3.Cr1TableSh.Outer,
            TableOc = coherent ? Smmuv3.Cr1TableOc.WriteBack : Smmuv3.Cr1TableOc.NonCacheable,
            TableIc = coherent ? Smmuv3.Cr1TableIc.WriteBack : Smmuv3.Cr1TableIc.NonCacheable,
            QueueSh = coherent ? Smmuv3.Cr1QueueSh.Inner : Smmuv3.Cr1QueueSh.Outer,
            QueueOc = coherent ? Smmuv3.Cr1QueueOc.WriteBack : Smmuv3.Cr1QueueOc.NonCacheable,
            QueueIc = coherent ? Smmuv3.Cr1QueueIc.WriteBack : Smmuv3.Cr1QueueIc.NonCacheable,
        });
        Registers.Cr2.Write(default(Smmuv3.Cr2) with { Ptm = true, RecInvSid = true });
        Registers.StrtabBase.Write(default(Smmuv3.StrtabBase) with { Addr = streams.Value >> 6, Ra = true });
        Registers.StrtabBaseCfg.Write(default(Smmuv3.StrtabBaseCfg) with
        {
            Fmt = secondLevelBits == 0 ? Smmuv3.StrtabBaseCfgFmt.Linear : Smmuv3.StrtabBaseCfgFmt.TwoLevel,
            Split = (uint)secondLevelBits,
            Log2Size = (uint)log2Streams,
        });
    }

    /// <summary>Gives the SMMU its command queue and lets it take commands.</summary>
    internal SmmuResult EnableCommands(MachineAddress queue, int log2Entries, out uint failedRegister)
    {
        Registers.CmdqBase.Write(default(Smmuv3.CmdqBase) with { Addr = queue.Value >> 5, Log2Size = (uint)log2Entries, Ra = true });
        Registers.CmdqProd.Write(default);
        Registers.CmdqCons.Write(default);
        Registers.Gerrorn.Write(new Smmuv3.Gerrorn(Registers.Gerror.Read().Value));
        return SetControl(default(Smmuv3.Cr0) with { CmdqEn = true }, out failedRegister);
    }

    /// <summary>Gives the SMMU its event queue, then switches translation on.</summary>
    internal SmmuResult EnableTranslation(MachineAddress queue, int log2Entries, bool interrupts, out uint failedRegister)
    {
        Registers.EventqBase.Write(default(Smmuv3.EventqBase) with { Addr = queue.Value >> 5, Log2Size = (uint)log2Entries, Wa = true });
        Registers.EventqProd.Write(default);
        Registers.EventqCons.Write(default);
        SmmuResult events = SetControl(default(Smmuv3.Cr0) with { CmdqEn = true, EventqEn = true }, out failedRegister);
        if (events != SmmuResult.Done)
        {
            return events;
        }

        if (Capabilities.HasMessages)
        {
            // No address means the wire.
            Registers.GerrorIrqCfg0.Write(default);
            Registers.EventqIrqCfg0.Write(default);
        }

        Smmuv3.IrqCtrl wanted = default(Smmuv3.IrqCtrl) with { EventqIrqEn = interrupts, GerrorIrqEn = interrupts };
        SmmuResult wired = SetInterrupts(wanted, out failedRegister);
        return wired == SmmuResult.Done
            ? SetControl(default(Smmuv3.Cr0) with { CmdqEn = true, EventqEn = true, SmmuEn = true }, out failedRegister)
            : wired;
    }

    private bool AwaitUpdate() => Registers.Gbpa.TryWait(in _clock, (default(Smmuv3.Gbpa) with { Update = true }).Value, 0, Patience, 0);

    private SmmuResult SetControl(Smmuv3.Cr0 wanted, out uint failedRegister)
    {
        failedRegister = Smmuv3.Offsets.Cr0Ack;
        Registers.Cr0.Write(wanted);
        return Registers.Cr0Ack.TryWait(in _clock, uint.MaxValue, wanted.Value, Patience, 0) ? SmmuResult.Done : SmmuResult.Timeout;
    }

    private SmmuResult SetInterrupts(Smmuv3.IrqCtrl wanted, out uint failedRegister)
    {
        failedRegister = Smmuv3.Offsets.IrqCtrlAck;
        Registers.IrqCtrl.Write(wanted);
        return Registers.IrqCtrlAck.TryWait(in _clock, uint.MaxValue, wanted.Value, Patience, 0) ? SmmuResult.Done : SmmuResult.Timeout;
    }
}
