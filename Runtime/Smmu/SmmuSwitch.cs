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
    private const ulong AddressBits = 0x000F_FFFF_FFFF_FFC0;
    private const ulong QueueBits = 0x000F_FFFF_FFFF_FFFF;

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
    /// <param name="failedRegister">The register that did not keep what was written.</param>
    internal SmmuResult Configure(MachineAddress streams, int log2Streams, int secondLevelBits, out uint failedRegister)
    {
        bool coherent = Capabilities.IsCoherent;
        Smmuv3.Cr1 attributes = default(Smmuv3.Cr1) with
        {
            TableSh = coherent ? Smmuv3.Cr1TableSh.Inner : Smmuv3.Cr1TableSh.Outer,
            TableOc = coherent ? Smmuv3.Cr1TableOc.WriteBack : Smmuv3.Cr1TableOc.NonCacheable,
            TableIc = coherent ? Smmuv3.Cr1TableIc.WriteBack : Smmuv3.Cr1TableIc.NonCacheable,
            QueueSh = coherent ? Smmuv3.Cr1QueueSh.Inner : Smmuv3.Cr1QueueSh.Outer,
            QueueOc = coherent ? Smmuv3.Cr1QueueOc.WriteBack : Smmuv3.Cr1QueueOc.NonCacheable,
            QueueIc = coherent ? Smmuv3.Cr1QueueIc.WriteBack : Smmuv3.Cr1QueueIc.NonCacheable,
        };
        Registers.Cr1.Write(attributes);
        Registers.Cr2.Write(default(Smmuv3.Cr2) with { Ptm = true, RecInvSid = true });
        Smmuv3.StrtabBase table = default(Smmuv3.StrtabBase) with { Addr = streams.Value >> 6 };
        Registers.StrtabBase.Write(table with { Ra = true });
        Smmuv3.StrtabBaseCfg layout = default(Smmuv3.StrtabBaseCfg) with
        {
            Fmt = secondLevelBits == 0 ? Smmuv3.StrtabBaseCfgFmt.Linear : Smmuv3.StrtabBaseCfgFmt.TwoLevel,
            Split = (uint)secondLevelBits,
            Log2Size = (uint)log2Streams,
        };
        Registers.StrtabBaseCfg.Write(layout);
        failedRegister = !Keeps(Registers.Cr1, uint.MaxValue, attributes.Value) ? Smmuv3.Offsets.Cr1
            : !Keeps(Registers.StrtabBase, AddressBits, table.Value) ? Smmuv3.Offsets.StrtabBase
            : !Keeps(Registers.StrtabBaseCfg, uint.MaxValue, layout.Value) ? Smmuv3.Offsets.StrtabBaseCfg
            : 0;
        return failedRegister == 0 ? SmmuResult.Done : SmmuResult.NotKept;
    }

    /// <summary>Gives the SMMU its command queue and lets it take commands.</summary>
    internal SmmuResult EnableCommands(MachineAddress queue, int log2Entries, out uint failedRegister)
    {
        Smmuv3.CmdqBase place = default(Smmuv3.CmdqBase) with { Addr = queue.Value >> 5, Log2Size = (uint)log2Entries };
        Registers.CmdqBase.Write(place with { Ra = true });
        Registers.CmdqProd.Write(default);
        Registers.CmdqCons.Write(default);
        failedRegister = !Keeps(Registers.CmdqBase, QueueBits, place.Value) ? Smmuv3.Offsets.CmdqBase
            : !Keeps(Registers.CmdqProd, uint.MaxValue, 0) ? Smmuv3.Offsets.CmdqProd
            : !Keeps(Registers.CmdqCons, uint.MaxValue, 0) ? Smmuv3.Offsets.CmdqCons
            : 0;
        if (failedRegister != 0)
        {
            return SmmuResult.NotKept;
        }

        Registers.Gerrorn.Write(new Smmuv3.Gerrorn(Registers.Gerror.Read().Value));
        return SetControl(default(Smmuv3.Cr0) with { CmdqEn = true }, out failedRegister);
    }

    /// <summary>Gives the SMMU its event queue, then switches translation on.</summary>
    internal SmmuResult EnableTranslation(MachineAddress queue, int log2Entries, bool interrupts, out uint failedRegister)
    {
        Smmuv3.EventqBase place = default(Smmuv3.EventqBase) with { Addr = queue.Value >> 5, Log2Size = (uint)log2Entries };
        Registers.EventqBase.Write(place with { Wa = true });
        Registers.EventqProd.Write(default);
        Registers.EventqCons.Write(default);
        failedRegister = !Keeps(Registers.EventqBase, QueueBits, place.Value) ? Smmuv3.Offsets.EventqBase
            : !Keeps(Registers.EventqProd, uint.MaxValue, 0) ? Smmuv3.Offsets.EventqProd
            : !Keeps(Registers.EventqCons, uint.MaxValue, 0) ? Smmuv3.Offsets.EventqCons
            : 0;
        if (failedRegister != 0)
        {
            return SmmuResult.NotKept;
        }

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

    /// <summary>Whether a register shows what was written: what it does not keep would let the SMMU read or write somebody's memory.</summary>
    private bool Keeps<TValue>(Register<TBus, TValue> register, ulong mask, ulong bits)
        where TValue : unmanaged, IRegisterValue<TValue>
        => register.TryWait(in _clock, mask, bits, 0, 0);

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
