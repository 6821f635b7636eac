using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>
/// An MMU-500, an SMMUv2. From its start on, what no entry matches is aborted; an entry leads to the bank of one owner, or to one with an empty table; and no
/// transaction passes untranslated unless the board said so. Each register that is written is read back, each invalidation waited for: what is not confirmed is not
/// done, and memory that rests on it stays where it is. One caller at a time; it lives in one place.
/// </summary>
/// <typeparam name="TBus">How its registers are reached.</typeparam>
/// <typeparam name="TMemory">The memory that its tables are in.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <remarks>Source: Arm IHI 0062, sections 2 to 5; Arm DDI 0517, MMU-500.</remarks>
public struct SmmuV2<TBus, TMemory, TClock> : ISmmu<SmmuV2Space<TMemory>>
    where TBus : struct, IRegisterBus
    where TMemory : struct, IMachineMemory
    where TClock : struct, IClock
{
    private const byte QuarantineTag = 0;
    private const byte QuarantineBank = 0;
    private const uint DefaultMostReports = 64;

    private readonly TMemory _memory;
    private readonly SmmuV2Options _options;
    private SmmuV2Hardware<TBus, TClock> _hardware;
    private StreamEntries _entries;
    private ContextBankUses _banks;
    private SmmuV2Space<TMemory> _quarantine;
    private uint _globalReports;
    private uint _nextSource;
    private bool _failed;

    private SmmuV2(TMemory memory, in SmmuV2Hardware<TBus, TClock> hardware, SmmuV2Options options)
    {
        _memory = memory;
        _hardware = hardware;
        _options = options;
    }

    /// <summary>What the SMMU can do.</summary>
    public readonly SmmuV2Capabilities Capabilities => _hardware.Capabilities;

    /// <inheritdoc/>
    public readonly bool IsBroken => _failed || _hardware.IsBroken;

    /// <summary>The offset of the register that last did not do what it should; means something after an error only.</summary>
    public readonly uint FailedRegister => _hardware.FailedRegister;

    /// <summary>How often faults came faster than they were taken: only the first of each such burst is known.</summary>
    public uint FaultLosses { get; private set; }

    /// <summary>Context banks whose interrupt is held back because of too many reports; <see cref="AllowReports"/> lets them report again.</summary>
    public readonly uint MutedBanks
    {
        get
        {
            uint muted = 0;
            for (int bank = 0; bank < (int)Capabilities.ContextBanks; bank++)
            {
                muted += _banks[bank].IsMuted ? 1u : 0;
            }

            return muted;
        }
    }

    /// <summary>Whether the interrupt for global faults is held back.</summary>
    public bool IsGlobalMuted { get; private set; }

    /// <summary>Stream entries in use.</summary>
    public readonly uint TakenEntries => _entries.Taken(Capabilities.StreamEntries);

    /// <summary>Context banks in use, that of quarantine included.</summary>
    public readonly uint TakenBanks => _banks.Taken(Capabilities.ContextBanks);

    /// <summary>Whether the banks fetch translations ahead although they were told not to.</summary>
    public readonly bool KeepsPrefetching => _hardware.KeepsPrefetching;

    private readonly uint MostReports => _options.MostReports == 0 ? DefaultMostReports : _options.MostReports;

    /// <summary>
    /// Takes an SMMU over: aborts what no entry matches, removes every entry and bank that was there, and forgets what was cached. When a step fails, the SMMU is
    /// left as far closed as it got, and its memory goes back unless it may still be reading it.
    /// </summary>
    /// <param name="bus">How its registers are reached.</param>
    /// <param name="address">Where they are.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="clock">What bounds the waits.</param>
    /// <param name="options">What the board decides.</param>
    /// <param name="pool">Where tables come from.</param>
    /// <param name="smmu">The SMMU; usable only when the result says done.</param>
    /// <param name="failedRegister">After a failure, the offset of the register that did not do what it should.</param>
    public static SmmuResult TryStart(
        TBus bus,
        RegisterAddress address,
        TMemory memory,
        TClock clock,
        SmmuV2Options options,
        ref PagePool<TMemory> pool,
        out SmmuV2<TBus, TMemory, TClock> smmu,
        out uint failedRegister)
    {
        SmmuV2Hardware<TBus, TClock> hardware = new(bus, address, clock, options.PatienceMicroseconds);
        smmu = new SmmuV2<TBus, TMemory, TClock>(memory, in hardware, options);
        failedRegister = hardware.Capabilities.MissingRegister;
        if (failedRegister != 0)
        {
            smmu._failed = true;
            return SmmuResult.Unsupported;
        }

        SmmuResult result = smmu.Start(ref pool);
        failedRegister = smmu.FailedRegister;
        smmu._failed |= result != SmmuResult.Done;
        return result;
    }

    /// <summary>
    /// Removes every entry, so that everything is aborted, and gives the SMMU's own memory back, unless it does not confirm. It stays on: off, it would let everything
    /// pass. It is not usable after this; starting it again is a new <see cref="TryStart"/>.
    /// </summary>
    public SmmuResult TryStop(ref PagePool<TMemory> pool)
    {
        _failed = true;
        SmmuResult closed = _hardware.ResetEntries();
        if (closed != SmmuResult.Done)
        {
            return closed;
        }

        _hardware.ForgetEverything();
        if (_hardware.IsBroken || !_hardware.Sync())
        {
            return SmmuResult.Timeout;
        }

        SmmuResult off = _hardware.ResetBanks();
        if (off == SmmuResult.Done)
        {
            _ = _quarantine.TryDestroy(ref pool);
        }

        return off;
    }

    /// <summary>Makes an address space in which nothing is mapped, in a context bank of its own.</summary>
    /// <param name="pool">Where its tables come from.</param>
    /// <param name="tag">The VMID of its translations, not 0, used by no other space.</param>
    /// <param name="inputBits">Bits of a guest's address.</param>
    /// <param name="largestLeaf">The largest leaf that may be used.</param>
    /// <param name="space">The space.</param>
    public SmmuResult TryCreateSpace(ref PagePool<TMemory> pool, ushort tag, int inputBits, LeafSize largestLeaf, out SmmuV2Space<TMemory> space)
    {
        space = default;
        return IsBroken ? SmmuResult.Broken
            : tag == QuarantineTag || tag > Capabilities.LastTag ? SmmuResult.Unsupported
            : CreateSpace(ref pool, (byte)tag, inputBits, largestLeaf, out space);
    }

    /// <summary>Returns an address space's bank and memory. No stream may be attached to it.</summary>
    public SmmuResult TryReleaseSpace(in SmmuV2Space<TMemory> space, ref PagePool<TMemory> pool)
    {
        if (IsBroken)
        {
            return SmmuResult.Broken;
        }

        if (!IsSpace(in space))
        {
            return SmmuResult.NotOwned;
        }

        if (_entries.Uses(space.Bank, Capabilities.StreamEntries))
        {
            return SmmuResult.Owned;
        }

        _ = _hardware.ForgetTag(space.Tag);
        if (!_hardware.Sync())
        {
            return SmmuResult.Timeout;
        }

        SmmuResult closed = _hardware.CloseBank(space.Bank);
        if (closed != SmmuResult.Done)
        {
            _failed = true;
            return closed;
        }

        _ = space.TryDestroy(ref pool);
        _banks[space.Bank] = default;
        return SmmuResult.Done;
    }

    /// <inheritdoc/>
    /// <remarks>Attaching a stream again to the space that has it counts one user more; it leaves with the last one.</remarks>
    public SmmuResult Attach(StreamId stream, in SmmuV2Space<TMemory> space) => stream.Value > ushort.MaxValue
        ? SmmuResult.StreamOutOfRange
        : Attach(new StreamMatch((ushort)stream.Value, _options.IgnoredStreamBits), in space);

    /// <summary>
    /// Attaches a group of streams. Those that the space has already are taken into the group; if others have some, or only a part of an entry's streams are meant,
    /// nothing changes.
    /// </summary>
    public SmmuResult Attach(StreamMatch match, in SmmuV2Space<TMemory> space)
    {
        StreamMatch wide = new(match.Id, (ushort)(match.Mask | _options.IgnoredStreamBits));
        if (!Contains(wide))
        {
            return SmmuResult.StreamOutOfRange;
        }

        if (IsBroken)
        {
            return SmmuResult.Broken;
        }

        if (!IsSpace(in space))
        {
            return SmmuResult.NotOwned;
        }

        int covering = _entries.FindCovering(wide, Capabilities.StreamEntries);
        if (covering >= 0)
        {
            ref StreamEntry entry = ref _entries[covering];
            if (entry.Bypasses || entry.Bank != space.Bank)
            {
                return SmmuResult.Owned;
            }

            entry.Users++;
            return SmmuResult.Done;
        }

        int overlapping = _entries.FindOverlapping(wide, 0, Capabilities.StreamEntries);
        return overlapping < 0 ? Open(wide, space.Bank, bypasses: false) : Merge(wide, overlapping, space.Bank);
    }

    /// <inheritdoc/>
    public SmmuResult Detach(StreamId stream, in SmmuV2Space<TMemory> space) => stream.Value > ushort.MaxValue
        ? SmmuResult.StreamOutOfRange
        : Detach(new StreamMatch((ushort)stream.Value, _options.IgnoredStreamBits), in space);

    /// <summary>
    /// Takes streams from an address space. <see cref="SmmuResult.Shared"/> says that others of the same owner still use their entry. After
    /// <see cref="SmmuResult.Done"/> they abort, none of their transactions is under way, and no translation of the space is cached.
    /// </summary>
    public SmmuResult Detach(StreamMatch match, in SmmuV2Space<TMemory> space)
    {
        StreamMatch wide = new(match.Id, (ushort)(match.Mask | _options.IgnoredStreamBits));
        return Contains(wide) ? Remove(wide, space.Bank, space.Tag, bypasses: false) : SmmuResult.StreamOutOfRange;
    }

    /// <inheritdoc/>
    public SmmuResult Quarantine(StreamId stream)
    {
        StreamMatch match = new((ushort)stream.Value, _options.IgnoredStreamBits);
        return stream.Value > ushort.MaxValue || !Contains(match) ? SmmuResult.StreamOutOfRange
            : IsBroken ? SmmuResult.Broken
            : _entries.FindOverlapping(match, 0, Capabilities.StreamEntries) >= 0 ? SmmuResult.Owned
            : Open(match, QuarantineBank, bypasses: false);
    }

    /// <inheritdoc/>
    public SmmuResult Unquarantine(StreamId stream)
    {
        StreamMatch match = new((ushort)stream.Value, _options.IgnoredStreamBits);
        return stream.Value > ushort.MaxValue || !Contains(match) ? SmmuResult.StreamOutOfRange : Remove(match, QuarantineBank, QuarantineTag, bypasses: false);
    }

    /// <summary>
    /// Lets streams of the board's own pass untranslated, as for a domain that owns the machine's memory. Only where <see cref="SmmuV2Options.MayBypass"/> says so,
    /// and only streams that nobody has.
    /// </summary>
    public SmmuResult Pass(StreamMatch match)
    {
        StreamMatch wide = new(match.Id, (ushort)(match.Mask | _options.IgnoredStreamBits));
        return !_options.MayBypass ? SmmuResult.Unsupported
            : !Contains(wide) ? SmmuResult.StreamOutOfRange
            : IsBroken ? SmmuResult.Broken
            : _entries.FindOverlapping(wide, 0, Capabilities.StreamEntries) >= 0 ? SmmuResult.Owned
            : Open(wide, 0, bypasses: true);
    }

    /// <summary>Ends what <see cref="Pass"/> began: the streams are aborted.</summary>
    public SmmuResult StopPassing(StreamMatch match)
    {
        StreamMatch wide = new(match.Id, (ushort)(match.Mask | _options.IgnoredStreamBits));
        return Contains(wide) ? Remove(wide, 0, QuarantineTag, bypasses: true) : SmmuResult.StreamOutOfRange;
    }

    /// <inheritdoc/>
    public readonly bool IsAttached(StreamId stream, in SmmuV2Space<TMemory> space) => Leads(stream, space.Bank) && IsSpace(in space);

    /// <inheritdoc/>
    public readonly bool IsQuarantined(StreamId stream) => Leads(stream, QuarantineBank);

    /// <summary>Maps memory, or a doorbell, for the devices of a space.</summary>
    /// <inheritdoc cref="PageTable{TFormat, TMemory}.Map"/>
    public MappingResult Map(
        ref SmmuV2Space<TMemory> space, ref PagePool<TMemory> pool, ulong input, MachineAddress output, ulong length, PageAttributes attributes)
    {
        SmmuV2Invalidator<TBus, TClock> invalidator = new(ref _hardware, space.Bank, space.Tag);
        return space.Map(ref pool, ref invalidator, input, output, length, attributes);
    }

    /// <summary>Unmaps memory for the devices of a space. Only after <see cref="MappingResult.Done"/> may it be given to anybody else.</summary>
    /// <inheritdoc cref="PageTable{TFormat, TMemory}.Unmap"/>
    public MappingResult Unmap(ref SmmuV2Space<TMemory> space, ref PagePool<TMemory> pool, ulong input, ulong length)
    {
        SmmuV2Invalidator<TBus, TClock> invalidator = new(ref _hardware, space.Bank, space.Tag);
        return space.Unmap(ref pool, ref invalidator, input, length);
    }

    /// <summary>Changes what the devices of a space may do with memory.</summary>
    /// <inheritdoc cref="PageTable{TFormat, TMemory}.Protect"/>
    public MappingResult Protect(ref SmmuV2Space<TMemory> space, ref PagePool<TMemory> pool, ulong input, ulong length, PageAccess access)
    {
        SmmuV2Invalidator<TBus, TClock> invalidator = new(ref _hardware, space.Bank, space.Tag);
        return space.Protect(ref pool, ref invalidator, input, length, access);
    }

    /// <summary>
    /// Takes one report: of the global faults or of a context bank, in turn, so that a storm at one hides no other. A bank that reports too much loses its interrupt
    /// until <see cref="AllowReports"/>; its faults are aborted all the same.
    /// </summary>
    public bool TryTakeFault(out SmmuFault fault)
    {
        uint sources = Capabilities.ContextBanks + 1;
        for (uint step = 0; step < sources; step++)
        {
            uint source = _nextSource;
            _nextSource = source + 1 >= sources ? 0 : source + 1;
            bool found = source == 0 ? TakeGlobal(out fault) : TakeOf((byte)(source - 1), out fault);
            if (found)
            {
                return true;
            }
        }

        fault = default;
        return false;
    }

    /// <summary>Lets what was held back because of too many reports raise interrupts again: for a timer, or when a device was reset.</summary>
    public SmmuResult AllowReports()
    {
        _globalReports = 0;
        SmmuResult result = SmmuResult.Done;
        if (IsGlobalMuted)
        {
            result = _hardware.Close(_options.Interrupts);
            IsGlobalMuted = result != SmmuResult.Done;
        }

        for (int bank = 0; bank < (int)Capabilities.ContextBanks; bank++)
        {
            ref ContextBankUse use = ref _banks[bank];
            use.Reports = 0;
            if (use.IsMuted)
            {
                SmmuResult allowed = _hardware.SwitchBank((byte)bank, _options.Interrupts);
                use.IsMuted = allowed != SmmuResult.Done;
                result = result == SmmuResult.Done ? allowed : result;
            }
        }

        return result;
    }

    private SmmuResult Start(ref PagePool<TMemory> pool)
    {
        // First what no entry matches is aborted, then every entry goes, then the banks that entries led to: at no step passes more than before.
        SmmuResult result = _hardware.Close(interrupts: false);
        result = result == SmmuResult.Done ? _hardware.ResetEntries() : result;
        result = result == SmmuResult.Done ? _hardware.ResetBanks() : result;
        if (result != SmmuResult.Done)
        {
            return result;
        }

        _hardware.ForgetFaults();
        _hardware.ForgetEverything();
        if (!_hardware.Sync())
        {
            return SmmuResult.Timeout;
        }

        result = CreateSpace(ref pool, QuarantineTag, Capabilities.InputBits, LeafSize.FourKilobytes, out _quarantine);
        if (result != SmmuResult.Done)
        {
            return result;
        }

        result = _hardware.Close(_options.Interrupts);
        if (result != SmmuResult.Done && _hardware.CloseBank(QuarantineBank) == SmmuResult.Done)
        {
            _ = _quarantine.TryDestroy(ref pool);
        }

        return result;
    }

    private SmmuResult CreateSpace(ref PagePool<TMemory> pool, byte tag, int inputBits, LeafSize largestLeaf, out SmmuV2Space<TMemory> space)
    {
        space = default;
        if (inputBits > Capabilities.InputBits
            || !PageTableGeometry.TryCreate<Stage2Format>(inputBits, Capabilities.OutputBits, largestLeaf, out PageTableGeometry geometry))
        {
            return SmmuResult.Unsupported;
        }

        if (_banks.HasTag(tag, Capabilities.ContextBanks))
        {
            return SmmuResult.Owned;
        }

        int bank = _banks.FindFree(Capabilities.ContextBanks);
        if (bank < 0)
        {
            return SmmuResult.OutOfEntries;
        }

        if (!PageTable<Stage2Format, TMemory>.TryCreate(_memory, geometry, ref pool, out PageTable<Stage2Format, TMemory> table))
        {
            return SmmuResult.OutOfMemory;
        }

        SmmuResult opened = _hardware.OpenBank((byte)bank, tag, table.Root, geometry, _options.Interrupts);
        if (opened != SmmuResult.Done)
        {
            // No entry leads to the bank, so nobody walks the table, whatever of the bank's registers was kept.
            _ = _hardware.CloseBank((byte)bank);
            _ = table.TryDestroy(ref pool);
            return opened;
        }

        _banks[bank] = new ContextBankUse { IsTaken = true, Tag = tag };
        space = new SmmuV2Space<TMemory>(table, (byte)bank, tag);
        return SmmuResult.Done;
    }

    private SmmuResult Open(StreamMatch match, byte bank, bool bypasses)
    {
        int free = _entries.FindFree(Capabilities.StreamEntries);
        if (free < 0)
        {
            return SmmuResult.OutOfEntries;
        }

        SmmuResult opened = _hardware.OpenEntry((uint)free, match, bank, bypasses);
        if (opened != SmmuResult.Done && _hardware.CloseEntry((uint)free) == SmmuResult.Done)
        {
            return opened;
        }

        // An entry that can neither be opened nor closed keeps its streams from everybody else.
        _failed |= opened != SmmuResult.Done;
        _entries[free] = new StreamEntry { Match = match, Bank = bank, Bypasses = bypasses, Users = 1 };
        return opened;
    }

    /// <summary>Takes entries whose streams are all in a group into one entry for the group.</summary>
    private SmmuResult Merge(StreamMatch match, int first, byte bank)
    {
        uint entries = Capabilities.StreamEntries;
        for (int entry = first; entry >= 0; entry = _entries.FindOverlapping(match, entry + 1, entries))
        {
            if (_entries[entry].Bypasses || _entries[entry].Bank != bank)
            {
                return SmmuResult.Owned;
            }

            if (!match.Covers(_entries[entry].Match))
            {
                return SmmuResult.Overlap;
            }
        }

        // Two entries must never match one stream: the others go first, and their streams abort until the group's entry has them.
        uint users = _entries[first].Users + 1;
        for (int entry = _entries.FindOverlapping(match, first + 1, entries); entry >= 0; entry = _entries.FindOverlapping(match, entry + 1, entries))
        {
            SmmuResult closed = _hardware.CloseEntry((uint)entry);
            if (closed != SmmuResult.Done)
            {
                _failed = true;
                return closed;
            }

            users += _entries[entry].Users;
            _entries[entry] = default;
        }

        SmmuResult widened = _hardware.SetMatch((uint)first, match);
        _failed |= widened != SmmuResult.Done && _hardware.CloseEntry((uint)first) != SmmuResult.Done;
        _entries[first].Match = match;
        _entries[first].Users = users;
        return widened;
    }

    private SmmuResult Remove(StreamMatch match, byte bank, byte tag, bool bypasses)
    {
        int number = _entries.FindCovering(match, Capabilities.StreamEntries);
        if (number < 0 || _entries[number].Bypasses != bypasses || (!bypasses && _entries[number].Bank != bank))
        {
            return SmmuResult.NotOwned;
        }

        ref StreamEntry entry = ref _entries[number];
        if (entry.Users > 1)
        {
            entry.Users--;
            return SmmuResult.Shared;
        }

        SmmuResult closed = _hardware.CloseEntry((uint)number);
        if (closed != SmmuResult.Done)
        {
            _failed = true;
            return closed;
        }

        entry = default;
        if (IsBroken)
        {
            return SmmuResult.Broken;
        }

        _ = _hardware.ForgetTag(tag);
        return _hardware.Sync() ? SmmuResult.Done : SmmuResult.Timeout;
    }

    private bool TakeGlobal(out SmmuFault fault)
    {
        bool found = _hardware.TryTakeGlobalFault(out fault, out bool more);
        FaultLosses += more ? 1u : 0;
        _globalReports += found ? 1u : 0;
        if (found && _options.Interrupts && !IsGlobalMuted && _globalReports >= MostReports)
        {
            IsGlobalMuted = _hardware.Close(interrupts: false) == SmmuResult.Done;
        }

        return found;
    }

    private bool TakeOf(byte bank, out SmmuFault fault)
    {
        bool found = _hardware.TryTakeFault(bank, out fault, out bool more);
        ref ContextBankUse use = ref _banks[bank];
        FaultLosses += more ? 1u : 0;
        use.Reports += found ? 1u : 0;
        if (found && _options.Interrupts && use.IsTaken && !use.IsMuted && use.Reports >= MostReports)
        {
            use.IsMuted = _hardware.SwitchBank(bank, interrupts: false) == SmmuResult.Done;
        }

        return found;
    }

    private readonly bool Contains(StreamMatch match) => ((uint)(match.Id | (match.Mask & ~_options.IgnoredStreamBits)) & ~_hardware.EntryBits) == 0;

    private readonly bool IsSpace(in SmmuV2Space<TMemory> space) =>
        space.Bank < Capabilities.ContextBanks && _banks[space.Bank].IsTaken && _banks[space.Bank].Tag == space.Tag && space.Tag != QuarantineTag;

    private readonly bool Leads(StreamId stream, byte bank)
    {
        if (stream.Value > ushort.MaxValue)
        {
            return false;
        }

        int entry = _entries.FindCovering(new StreamMatch((ushort)stream.Value, 0), Capabilities.StreamEntries);
        return entry >= 0 && !_entries[entry].Bypasses && _entries[entry].Bank == bank;
    }
}
