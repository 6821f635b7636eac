using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>
/// The steps of an MMU-500, each one checked: what is written is read back, what is begun is waited for. It remembers the register that failed last, and that a wait
/// did not end: from then on nobody knows what is cached.
/// </summary>
/// <typeparam name="TBus">How its registers are reached.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <remarks>Source: Arm IHI 0062, chapters 10, 13 and 16; Arm DDI 0517, chapter 3.</remarks>
internal struct SmmuV2Hardware<TBus, TClock>
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    private const ulong DefaultPatienceMicroseconds = 100_000;
    private const uint Everything = uint.MaxValue;
    private const uint ActiveBit = 1;
    private const uint MatchBits = 0xFFFF_7FFF;

    // What the description has of SMMU_sGFSR and SMMU_CBn_FSR: ones are written to nothing else.
    private const uint GlobalFaults = 0x8000_01FF;
    private const uint BankFaults = 0xC000_01FE;

    private readonly TBus _bus;
    private readonly Smmu500.Registers<TBus> _registers;
    private readonly RegisterAddress _address;
    private readonly TClock _clock;
    private readonly ulong _patience;

    internal SmmuV2Hardware(TBus bus, RegisterAddress address, TClock clock, ulong patience)
    {
        _bus = bus;
        _registers = new Smmu500.Registers<TBus>(bus, address);
        _address = address;
        _clock = clock;
        _patience = patience == 0 ? DefaultPatienceMicroseconds : patience;
        Capabilities = new SmmuV2Capabilities(_registers.Sidr0.Read(), _registers.Sidr1.Read(), _registers.Sidr2.Read(), _registers.Sidr7.Read());
    }

    internal SmmuV2Capabilities Capabilities { get; }

    /// <summary>The offset of the register that last did not do what it should.</summary>
    internal uint FailedRegister { get; private set; }

    /// <summary>Whether an invalidation was not confirmed.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>Bits of a stream id, and of a mask, that the entries have.</summary>
    internal uint EntryBits { get; private set; }

    /// <summary>Whether the banks fetch translations ahead although they were told not to (an erratum says that they should not).</summary>
    internal bool KeepsPrefetching { get; private set; }

    /// <summary>The SMMU translates, and aborts what no entry matches.</summary>
    /// <param name="interrupts">Whether a global fault raises the interrupt.</param>
    internal SmmuResult Close(bool interrupts)
    {
        // As the non-secure side sees it: private VMIDs, deaf to the processors' invalidations, unmatched streams are faults.
        Smmu500.Nscr0 wanted = default(Smmu500.Nscr0) with { Usfcfg = true, Gfre = true, Gfie = interrupts, Ptm = true, Vmidpne = true };
        Smmu500.Nscr0 checkedBits = default(Smmu500.Nscr0) with { Clientpd = true, Usfcfg = true, Gfre = true, Gfie = true };
        return Result(Put(_registers.Scr0, new Smmu500.Scr0(wanted.Value), checkedBits.Value, wanted.Value));
    }

    /// <summary>No entry matches anything.</summary>
    internal SmmuResult ResetEntries()
    {
        for (uint entry = 0; entry < Capabilities.StreamEntries; entry++)
        {
            SmmuResult closed = CloseEntry(entry);
            if (closed != SmmuResult.Done)
            {
                return closed;
            }
        }

        // How many bits they have shows in what they keep, id and mask apart.
        _ = _registers.SmmuSmr.TryIndex(0, out RegisterIndex<Smmu500.SmmuSmr> first);
        Register<TBus, Smmu500.SmmuSmr> probe = _registers.SmmuSmr[first];
        probe.Write(default(Smmu500.SmmuSmr) with { Id = 0x7FFF });
        uint ids = probe.Read().Id;
        probe.Write(default(Smmu500.SmmuSmr) with { Mask = 0x7FFF });
        EntryBits = ids & probe.Read().Mask;
        if (EntryBits == 0)
        {
            return Fail(probe.Address, SmmuResult.Unsupported);
        }

        return CloseEntry(0);
    }

    /// <summary>No bank translates, reports or fetches ahead.</summary>
    internal SmmuResult ResetBanks()
    {
        if (Capabilities.Revision >= 2)
        {
            // Only then the banks' auxiliary controls can be written. What passes or matches nothing stays out of the TLB, so that a changed entry counts at once.
            _registers.Sacr.Modify(_registers.Sacr.Read() with { CacheLock = false, S2crbTlben = false, SmtnmbTlben = false });
        }

        for (uint bank = 0; bank < Capabilities.ContextBanks; bank++)
        {
            SmmuResult closed = CloseBank(bank);
            if (closed != SmmuResult.Done)
            {
                return closed;
            }

            Register<TBus, Smmu500.SmmuCbActlr> auxiliary = At(_registers.SmmuCbActlr, bank);
            auxiliary.Modify(auxiliary.Read() with { Cpre = false });
            KeepsPrefetching |= auxiliary.Read().Cpre;
        }

        return SmmuResult.Done;
    }

    /// <summary>Forgets the global faults of whoever had the SMMU before.</summary>
    internal readonly void ForgetFaults() => _registers.Sgfsr.Write(new Smmu500.Sgfsr(GlobalFaults));

    /// <summary>An entry matches streams from now on, and a bank translates them, or nobody does.</summary>
    internal SmmuResult OpenEntry(uint entry, StreamMatch match, byte bank, bool bypasses)
    {
        Smmu500.SmmuS2cr target = default(Smmu500.SmmuS2cr) with
        {
            Type = bypasses ? Smmu500.SmmuS2crType.Bypass : Smmu500.SmmuS2crType.Translate,
            CbndxVmid = bank,
        };
        Smmu500.SmmuS2cr checkedBits = default(Smmu500.SmmuS2cr) with { Type = (Smmu500.SmmuS2crType)3, CbndxVmid = 0xFF };
        return Put(At(_registers.SmmuS2cr, entry), target, checkedBits.Value, target.Value) ? SetMatch(entry, match) : SmmuResult.NotKept;
    }

    /// <summary>An entry that is open matches other streams: one write, nothing in between.</summary>
    internal SmmuResult SetMatch(uint entry, StreamMatch match)
    {
        Smmu500.SmmuSmr wanted = default(Smmu500.SmmuSmr) with { Id = match.Id, Mask = match.Mask, Valid = true };
        return Result(Put(At(_registers.SmmuSmr, entry), wanted, MatchBits, wanted.Value));
    }

    /// <summary>An entry matches nothing, and would abort what it matched.</summary>
    internal SmmuResult CloseEntry(uint entry)
    {
        Smmu500.SmmuSmr valid = default(Smmu500.SmmuSmr) with { Valid = true };
        Smmu500.SmmuS2cr wanted = default(Smmu500.SmmuS2cr) with { Type = Smmu500.SmmuS2crType.Fault };
        Smmu500.SmmuS2cr checkedBits = default(Smmu500.SmmuS2cr) with { Type = (Smmu500.SmmuS2crType)3 };
        bool invalid = Put(At(_registers.SmmuSmr, entry), default, valid.Value, 0);
        bool faulting = Put(At(_registers.SmmuS2cr, entry), wanted, checkedBits.Value, wanted.Value);
        return Result(invalid && faulting);
    }

    /// <summary>A bank translates by a stage-2 table. No entry may lead to it yet.</summary>
    internal SmmuResult OpenBank(byte bank, byte tag, MachineAddress root, PageTableGeometry geometry, bool interrupts)
    {
        SmmuResult closed = CloseBank(bank);
        if (closed != SmmuResult.Done)
        {
            return closed;
        }

        const uint TableBits = 0xFFFF_F000;
        Smmu500.SmmuCba2r format = default(Smmu500.SmmuCba2r) with { Va64 = true };
        Smmu500.SmmuCbar kind = default(Smmu500.SmmuCbar) with { Type = Smmu500.SmmuCbarType.Stage2, Vmid = tag };
        Smmu500.SmmuCbar kindBits = default(Smmu500.SmmuCbar) with { Type = (Smmu500.SmmuCbarType)3, Vmid = 0xFF };
        Smmu500.SmmuCbTcrLpae control = Control(geometry);
        Smmu500.SmmuCbTtbr0Low low = new((uint)root.Value);
        Smmu500.SmmuCbTtbr0High high = default(Smmu500.SmmuCbTtbr0High) with { Address = (uint)(root.Value >> 32) };
        bool kept = Put(At(_registers.SmmuCba2r, bank), format, format.Value, format.Value)
            && Put(At(_registers.SmmuCbar, bank), kind, kindBits.Value, kind.Value)
            && Put(At(_registers.SmmuCbTcrLpae, bank), control, 0x0007_7FFF, control.Value)
            && Put(At(_registers.SmmuCbTtbr0Low, bank), low, TableBits, low.Value)
            && Put(At(_registers.SmmuCbTtbr0High, bank), high, 0xFFFF, high.Value);
        return kept && ForgetTag(tag) && Sync() ? SwitchBank(bank, interrupts) : IsBroken ? SmmuResult.Timeout : SmmuResult.NotKept;
    }

    /// <summary>A bank does nothing. No entry may lead to it: what came through would pass untranslated.</summary>
    internal SmmuResult CloseBank(uint bank)
    {
        Smmu500.SmmuCbSctlr on = default(Smmu500.SmmuCbSctlr) with { M = true, Cfie = true };
        bool kept = Put(At(_registers.SmmuCbSctlr, bank), default, on.Value, 0);
        At(_registers.SmmuCbFsr, bank).Write(new Smmu500.SmmuCbFsr(BankFaults));
        return Result(kept);
    }

    /// <summary>Allows or holds back a bank's interrupt; its translations go on.</summary>
    internal SmmuResult SwitchBank(byte bank, bool interrupts)
    {
        // Faults abort (CFRE), are never stalled (CFCFG), and do not stop the bank's other transactions (HUPCF).
        Smmu500.SmmuCbSctlr wanted = default(Smmu500.SmmuCbSctlr) with { M = true, Tre = true, Afe = true, Cfre = true, Cfie = interrupts, Hupcf = true };
        Smmu500.SmmuCbSctlr checkedBits = default(Smmu500.SmmuCbSctlr) with { M = true, Cfre = true, Cfie = true, Cfcfg = true };
        return Result(Put(At(_registers.SmmuCbSctlr, bank), wanted, checkedBits.Value, wanted.Value));
    }

    /// <summary>Begins to forget all translations.</summary>
    internal readonly void ForgetEverything()
    {
        _registers.Tlbiallh.Write(new Smmu500.Tlbiallh(Everything));
        _registers.Tlbiallnsnh.Write(new Smmu500.Tlbiallnsnh(Everything));
    }

    /// <summary>Begins to forget all translations of a VMID.</summary>
    internal readonly bool ForgetTag(byte tag)
    {
        _registers.Tlbivmid.Write(default(Smmu500.Tlbivmid) with { Vmid = tag });
        return true;
    }

    /// <summary>Begins to forget the translation of an address of a bank.</summary>
    internal readonly void ForgetAddress(byte bank, ulong input, bool leafOnly)
    {
        // Both halves at once: which of two would begin it is nowhere said.
        Register<TBus, Smmu500.SmmuCbTlbiipas2Low> all = At(_registers.SmmuCbTlbiipas2Low, bank);
        Register<TBus, Smmu500.SmmuCbTlbiipas2lLow> leaf = At(_registers.SmmuCbTlbiipas2lLow, bank);
        _bus.Write64(leafOnly ? leaf.Address : all.Address, input >> 12);
    }

    /// <summary>Waits until everything begun is forgotten, and what was translated by it has reached memory.</summary>
    internal bool Sync()
    {
        _registers.Stlbgsync.Write(new Smmu500.Stlbgsync(Everything));
        return Confirm(_registers.Stlbgstatus.TryWait(in _clock, ActiveBit, 0, _patience, 0), _registers.Stlbgstatus.Address);
    }

    /// <summary>The same for what was begun at one bank.</summary>
    internal bool Sync(byte bank)
    {
        At(_registers.SmmuCbTlbsync, bank).Write(new Smmu500.SmmuCbTlbsync(Everything));
        Register<TBus, Smmu500.SmmuCbTlbstatus> status = At(_registers.SmmuCbTlbstatus, bank);
        return Confirm(status.TryWait(in _clock, ActiveBit, 0, _patience, 0), status.Address);
    }

    /// <summary>Takes the global fault, if there is one.</summary>
    internal readonly bool TryTakeGlobalFault(out SmmuFault fault, out bool more)
    {
        uint shown = _registers.Sgfsr.Read().Value;
        Smmu500.Sgfsr status = new(shown & GlobalFaults);
        fault = default;
        more = false;
        if (shown == uint.MaxValue || status.Value == 0)
        {
            // All ones is no answer: not every bit exists.
            return false;
        }

        more = status.Multi;
        ulong address = _registers.SgfarLow.Read().Value | ((ulong)_registers.SgfarHigh.Read().Value << 32);
        fault = new SmmuFault(
            Kind(status), new StreamId(_registers.Sgfsynr1.Read().Streamid), address, _registers.Sgfsynr0.Read().Wnr, isStage2: false);

        // What was seen and nothing else: another fault in between is not lost.
        _registers.Sgfsr.Write(default(Smmu500.Sgfsr) with
        {
            Icf = status.Icf,
            Usf = status.Usf,
            Smcf = status.Smcf,
            Ucbf = status.Ucbf,
            Ucif = status.Ucif,
            Caf = status.Caf,
            Ef = status.Ef,
            Pf = status.Pf,
            Uut = status.Uut,
            Multi = status.Multi,
        });
        return true;
    }

    /// <summary>Takes a bank's fault, if there is one.</summary>
    internal readonly bool TryTakeFault(byte bank, out SmmuFault fault, out bool more)
    {
        Register<TBus, Smmu500.SmmuCbFsr> register = At(_registers.SmmuCbFsr, bank);
        uint shown = register.Read().Value;
        Smmu500.SmmuCbFsr status = new(shown & BankFaults);
        SmmuFaultKind kind = Kind(status);
        fault = default;
        more = false;
        if (shown == uint.MaxValue || kind == 0)
        {
            return false;
        }

        more = status.Multi;
        ulong address = At(_registers.SmmuCbFarLow, bank).Read().Value | ((ulong)At(_registers.SmmuCbFarHigh, bank).Read().Value << 32);
        bool isWrite = At(_registers.SmmuCbFsynr0, bank).Read().Wnr;
        fault = new SmmuFault(kind, new StreamId(At(_registers.SmmuCbfrsynra, bank).Read().Streamid), address, isWrite, isStage2: true);
        register.Write(default(Smmu500.SmmuCbFsr) with
        {
            Tf = status.Tf,
            Aff = status.Aff,
            Pf = status.Pf,
            Ef = status.Ef,
            Tlbmcf = status.Tlbmcf,
            Tlblkf = status.Tlblkf,
            Asf = status.Asf,
            Uut = status.Uut,
            Ss = status.Ss,
            Multi = status.Multi,
        });
        if (status.Ss)
        {
            // Nothing is ever to stall; what did all the same is ended.
            At(_registers.SmmuCbResume, bank).Write(default(Smmu500.SmmuCbResume) with { Tnr = true });
        }

        return true;
    }

    private static SmmuFaultKind Kind(Smmu500.Sgfsr status) =>
        status.Usf ? SmmuFaultKind.BadStream
        : status.Smcf ? SmmuFaultKind.ConfigurationConflict
        : status.Icf ? SmmuFaultKind.BadStreamEntry
        : status.Ef ? SmmuFaultKind.WalkAbort
        : status.Pf ? SmmuFaultKind.Permission
        : status.Uut ? SmmuFaultKind.UnsupportedTransaction
        : SmmuFaultKind.RegisterAccess;

    private static SmmuFaultKind Kind(Smmu500.SmmuCbFsr status) =>
        status.Tf ? SmmuFaultKind.Translation
        : status.Aff ? SmmuFaultKind.AccessFlag
        : status.Pf ? SmmuFaultKind.Permission
        : status.Asf ? SmmuFaultKind.AddressSize
        : status.Ef ? SmmuFaultKind.WalkAbort
        : status.Tlbmcf || status.Tlblkf ? SmmuFaultKind.TlbConflict
        : status.Uut ? SmmuFaultKind.UnsupportedTransaction
        : 0;

    /// <summary>An element of an array; the caller's index is one of the SMMU's, and those are not more than described.</summary>
    private static Register<TBus, TValue> At<TValue>(RegisterArray<TBus, TValue> array, uint element)
        where TValue : unmanaged, IRegisterValue<TValue>
    {
        _ = array.TryIndex(element, out RegisterIndex<TValue> index);
        return array[index];
    }

    private readonly Smmu500.SmmuCbTcrLpae Control(PageTableGeometry geometry)
    {
        // The description names the fields of all formats of this register at once; in that of stage 2: T0SZ 5:0, SL0 7:6, IRGN0, ORGN0, SH0, TG0 15:14, PS 18:16.
        const uint CoherentWalks = (1u << 8) | (1u << 10) | (3u << 12);
        const uint UncachedWalks = 2u << 12;
        uint walks = Capabilities.IsCoherent ? CoherentWalks : UncachedWalks;
        const uint Always1 = 1u << 31;
        return new Smmu500.SmmuCbTcrLpae(geometry.SizeOffset | (geometry.StartLevelCode << 6) | walks | (geometry.OutputSizeCode << 16) | Always1);
    }

    private bool Put<TValue>(Register<TBus, TValue> register, TValue value, uint mask, uint bits)
        where TValue : unmanaged, IRegisterValue<TValue>
    {
        register.Write(value);
        bool kept = register.TryWait(in _clock, mask, bits & mask, 0, 0);
        if (!kept)
        {
            _ = Fail(register.Address, SmmuResult.NotKept);
        }

        return kept;
    }

    private bool Confirm(bool done, RegisterAddress register)
    {
        if (!done)
        {
            IsBroken = true;
            _ = Fail(register, SmmuResult.Timeout);
        }

        return done;
    }

    private SmmuResult Fail(RegisterAddress register, SmmuResult result)
    {
        FailedRegister = (uint)(register.Value - _address.Value);
        return result;
    }

    private readonly SmmuResult Result(bool kept) => kept ? SmmuResult.Done : SmmuResult.NotKept;
}
