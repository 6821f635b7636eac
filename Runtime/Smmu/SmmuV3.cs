using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>
/// An SMMUv3. At no moment does it pass a transaction untranslated: it aborts everything while it is off, every stream is aborted until it is attached, and
/// between two owners a stream's entry is closed and the SMMU has confirmed that. An unanswered command is never taken for done: the SMMU is given up, and what
/// rested on it stays where it is. One caller at a time.
/// </summary>
/// <typeparam name="TBus">How its registers are reached.</typeparam>
/// <typeparam name="TMemory">The memory that its tables and queues are in.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <remarks>Source: Arm IHI 0070, sections 3.21 and 6.3.</remarks>
public struct SmmuV3<TBus, TMemory, TClock> : ISmmu<SmmuAddressSpace<TMemory>>
    where TBus : struct, IRegisterBus
    where TMemory : struct, IMachineMemory
    where TClock : struct, IClock
{
    private const int QueueLog2 = 7;
    private const int MostLinearBits = 16;
    private const int MostTwoLevelBits = 24;
    private const ushort QuarantineTag = 0;

    private readonly TMemory _memory;
    private readonly SmmuSwitch<TBus, TClock> _switch;
    private readonly Smmuv3.Registers<TBus> _registers;
    private readonly StreamTable<TMemory> _streams;
    private readonly SmmuAddressSpace<TMemory> _quarantine;
    private SmmuCommandQueue<TBus, TMemory, TClock> _commands;
    private SmmuEventQueue<TBus, TMemory> _events;
    private bool _failed;

    private SmmuV3(
        TMemory memory,
        in SmmuSwitch<TBus, TClock> power,
        in StreamTable<TMemory> streams,
        in SmmuCommandQueue<TBus, TMemory, TClock> commands,
        in SmmuEventQueue<TBus, TMemory> events,
        in SmmuAddressSpace<TMemory> quarantine)
    {
        _memory = memory;
        _switch = power;
        _registers = power.Registers;
        _streams = streams;
        _commands = commands;
        _events = events;
        _quarantine = quarantine;
        Capabilities = power.Capabilities;
    }

    /// <summary>What the SMMU can do.</summary>
    public SmmuCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public readonly bool IsBroken => _failed || _commands.IsBroken;

    /// <summary>How often event records were lost.</summary>
    public readonly uint EventLosses => _events.Losses;

    /// <summary>How many commands the SMMU refused.</summary>
    public readonly uint RejectedCommands => _commands.Rejected;

    /// <summary>
    /// Takes an SMMU over: aborts all traffic, gives it empty tables and queues, and switches translation on. When a step fails, the SMMU is left off and aborting,
    /// and its memory goes back unless it may still be reading it.
    /// </summary>
    /// <param name="bus">How its registers are reached.</param>
    /// <param name="address">Where they are.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="clock">What bounds the waits.</param>
    /// <param name="options">What the board decides.</param>
    /// <param name="pool">Where tables and queues come from.</param>
    /// <param name="smmu">The SMMU; usable only when the result says done.</param>
    /// <param name="failedRegister">After a failure, the offset of the register that did not do what it should.</param>
    public static SmmuResult TryStart(
        TBus bus,
        RegisterAddress address,
        TMemory memory,
        TClock clock,
        SmmuOptions options,
        ref PagePool<TMemory> pool,
        out SmmuV3<TBus, TMemory, TClock> smmu,
        out uint failedRegister)
    {
        smmu = default;
        SmmuSwitch<TBus, TClock> power = new(bus, address, clock, options);
        SmmuResult off = power.Off(out failedRegister);
        if (off != SmmuResult.Done)
        {
            return off;
        }

        SmmuResult allocated = TryAllocate(memory, clock, in power, options, ref pool, out smmu);
        if (allocated != SmmuResult.Done)
        {
            failedRegister = power.UnsupportedRegister(allocated);
            return allocated;
        }

        SmmuResult on = smmu.SwitchOn(options, out failedRegister);
        if (on != SmmuResult.Done)
        {
            smmu._failed = true;
            if (power.Off(out _) == SmmuResult.Done)
            {
                smmu.Free(ref pool);
            }
        }

        return on;
    }

    /// <summary>
    /// Switches the SMMU off; it aborts everything from then on. Its own memory goes back to the pool, unless it does not confirm. One that would let everything
    /// pass stays on.
    /// </summary>
    public SmmuResult TryStop(ref PagePool<TMemory> pool)
    {
        if (!_switch.AbortsWhileOff)
        {
            return SmmuResult.Unsupported;
        }

        SmmuResult off = _switch.Off(out _);
        _failed = true;
        if (off == SmmuResult.Done)
        {
            Free(ref pool);
        }

        return off;
    }

    /// <summary>Makes an address space in which nothing is mapped.</summary>
    /// <param name="pool">Where its tables come from.</param>
    /// <param name="tag">The tag of its translations, not 0, used by no other space.</param>
    /// <param name="inputBits">Bits of a guest's address.</param>
    /// <param name="largestLeaf">The largest leaf that may be used.</param>
    /// <param name="space">The space.</param>
    public readonly SmmuResult TryCreateSpace(
        ref PagePool<TMemory> pool,
        ushort tag,
        int inputBits,
        LeafSize largestLeaf,
        out SmmuAddressSpace<TMemory> space)
    {
        space = default;
        return IsBroken ? SmmuResult.Broken
            : tag == QuarantineTag || tag > Capabilities.LastTag ? SmmuResult.Unsupported
            : SmmuAddressSpace<TMemory>.TryCreate(_memory, Capabilities, ref pool, tag, inputBits, largestLeaf, out space);
    }

    /// <summary>Returns an address space's memory. No stream may be attached to it.</summary>
    public SmmuResult TryReleaseSpace(in SmmuAddressSpace<TMemory> space, ref PagePool<TMemory> pool)
    {
        if (_streams.IsUsed(space.Entry))
        {
            return SmmuResult.Owned;
        }

        new SmmuInvalidator<TBus, TMemory, TClock>(ref _commands, space.Stage, space.Tag).InvalidateTag();
        SmmuResult dropped = Sync();
        if (dropped == SmmuResult.Done)
        {
            _ = space.TryDestroy(ref pool);
        }

        return dropped;
    }

    /// <summary>
    /// Makes room for a stream's entry, and for those of its neighbours, in a table of two levels; in a linear one there is room. Until then the stream is aborted and
    /// cannot be attached.
    /// </summary>
    public SmmuResult TryReserve(StreamId stream, ref PagePool<TMemory> pool)
    {
        if (!_streams.IsInRange(stream))
        {
            return SmmuResult.StreamOutOfRange;
        }

        if (IsBroken || _streams.Contains(stream))
        {
            return IsBroken ? SmmuResult.Broken : SmmuResult.Done;
        }

        if (!_streams.TryGrow(stream, ref pool))
        {
            return SmmuResult.OutOfMemory;
        }

        // That there was no table may be cached.
        _commands.Append(SmmuCommand.ForgetStreamPath(stream));
        return Sync();
    }

    /// <inheritdoc/>
    public SmmuResult Attach(StreamId stream, in SmmuAddressSpace<TMemory> space) => Install(stream, space.Entry);

    /// <summary>
    /// Lets a stream without owner reach nothing, and reports each of its transactions with its address. (An aborting entry alone reports nothing.)
    /// </summary>
    public SmmuResult Quarantine(StreamId stream) => Install(stream, _quarantine.Entry);

    /// <summary>
    /// Takes a stream from an address space: its transactions are aborted, and when this returns <see cref="SmmuResult.Done"/> none is under way and no translation
    /// of the space is cached. Otherwise the space's memory must not be given to anybody else.
    /// </summary>
    public SmmuResult Detach(StreamId stream, in SmmuAddressSpace<TMemory> space) => Remove(stream, space.Entry, space.Stage, space.Tag);

    /// <summary>Takes a stream out of quarantine: it is aborted silently again.</summary>
    public SmmuResult Unquarantine(StreamId stream) => Remove(stream, _quarantine.Entry, _quarantine.Stage, _quarantine.Tag);

    /// <inheritdoc/>
    public readonly bool IsAttached(StreamId stream, in SmmuAddressSpace<TMemory> space) => _streams.Contains(stream) && _streams.Is(stream, space.Entry);

    /// <inheritdoc/>
    public readonly bool IsQuarantined(StreamId stream) => _streams.Contains(stream) && _streams.Is(stream, _quarantine.Entry);

    /// <summary>Maps memory, or a doorbell, for the devices of a space.</summary>
    /// <inheritdoc cref="PageTable{TFormat, TMemory}.Map"/>
    public MappingResult Map(
        ref SmmuAddressSpace<TMemory> space,
        ref PagePool<TMemory> pool,
        ulong input,
        MachineAddress output,
        ulong length,
        PageAttributes attributes)
    {
        SmmuInvalidator<TBus, TMemory, TClock> invalidator = new(ref _commands, space.Stage, space.Tag);
        return space.Map(ref pool, ref invalidator, input, output, length, attributes);
    }

    /// <summary>Unmaps memory for the devices of a space. Only after <see cref="MappingResult.Done"/> may it be given to anybody else.</summary>
    /// <inheritdoc cref="PageTable{TFormat, TMemory}.Unmap"/>
    public MappingResult Unmap(ref SmmuAddressSpace<TMemory> space, ref PagePool<TMemory> pool, ulong input, ulong length)
    {
        SmmuInvalidator<TBus, TMemory, TClock> invalidator = new(ref _commands, space.Stage, space.Tag);
        return space.Unmap(ref pool, ref invalidator, input, length);
    }

    /// <summary>Changes what the devices of a space may do with memory.</summary>
    /// <inheritdoc cref="PageTable{TFormat, TMemory}.Protect"/>
    public MappingResult Protect(ref SmmuAddressSpace<TMemory> space, ref PagePool<TMemory> pool, ulong input, ulong length, PageAccess access)
    {
        SmmuInvalidator<TBus, TMemory, TClock> invalidator = new(ref _commands, space.Stage, space.Tag);
        return space.Protect(ref pool, ref invalidator, input, length, access);
    }

    /// <inheritdoc/>
    public bool TryTakeFault(out SmmuFault fault) => _events.TryTake(out fault);

    /// <summary>Takes note of the global errors that are active and acknowledges them. Errors of the command queue are handled where commands are waited for.</summary>
    public SmmuErrors TakeErrors()
    {
        Smmuv3.Gerror raised = _registers.Gerror.Read();
        Smmuv3.Gerrorn acknowledged = _registers.Gerrorn.Read();
        SmmuErrors errors = new(raised, acknowledged);
        if (errors.IsServiceFailure)
        {
            _failed = true;
        }

        if (errors.AreEventsLost)
        {
            _events.NoteLoss();
        }

        if (errors.Any)
        {
            _registers.Gerrorn.Write(new Smmuv3.Gerrorn(raised.Value) with { CmdqErr = acknowledged.CmdqErr });
        }

        return errors;
    }

    private static SmmuResult TryAllocate(
        TMemory memory,
        TClock clock,
        in SmmuSwitch<TBus, TClock> power,
        SmmuOptions options,
        ref PagePool<TMemory> pool,
        out SmmuV3<TBus, TMemory, TClock> smmu)
    {
        smmu = default;
        SmmuCapabilities capabilities = power.Capabilities;
        int streamBits = options.StreamBits < capabilities.StreamBits ? options.StreamBits : capabilities.StreamBits;
        bool isTwoLevel = options.TwoLevelStreams && capabilities.HasTwoLevelStreams && streamBits > StreamTable<TMemory>.SecondLevelBits;
        if (!capabilities.IsSupported || streamBits < 0 || streamBits > (isTwoLevel ? MostTwoLevelBits : MostLinearBits))
        {
            return SmmuResult.Unsupported;
        }

        SmmuResult quarantined = SmmuAddressSpace<TMemory>.TryCreate(
            memory,
            capabilities,
            ref pool,
            QuarantineTag,
            capabilities.OutputBits,
            LeafSize.FourKilobytes,
            out SmmuAddressSpace<TMemory> quarantine);
        if (quarantined != SmmuResult.Done)
        {
            return quarantined;
        }

        uint tablePages = StreamTable<TMemory>.Pages(streamBits, isTwoLevel);
        if (!pool.TryAllocate(tablePages, out MachineAddress table))
        {
            _ = quarantine.TryDestroy(ref pool);
            return SmmuResult.OutOfMemory;
        }

        // Both queues fit one page: 128 commands of 16 bytes, 64 events of 32.
        if (!pool.TryAllocate(1, out MachineAddress queues))
        {
            _ = pool.TryFree(table, tablePages) & quarantine.TryDestroy(ref pool);
            return SmmuResult.OutOfMemory;
        }

        int commandBits = capabilities.CommandQueueLog2 < QueueLog2 ? capabilities.CommandQueueLog2 : QueueLog2;
        int eventBits = capabilities.EventQueueLog2 < QueueLog2 - 1 ? capabilities.EventQueueLog2 : QueueLog2 - 1;
        MachineAddress eventQueue = queues + (SmmuCommandQueue<TBus, TMemory, TClock>.EntryBytes << QueueLog2);
        smmu = new SmmuV3<TBus, TMemory, TClock>(
            memory,
            in power,
            new StreamTable<TMemory>(memory, table, streamBits, isTwoLevel),
            new SmmuCommandQueue<TBus, TMemory, TClock>(power.Registers, memory, clock, power.Patience, queues, commandBits),
            new SmmuEventQueue<TBus, TMemory>(power.Registers, memory, eventQueue, eventBits),
            in quarantine);
        return SmmuResult.Done;
    }

    private SmmuResult SwitchOn(SmmuOptions options, out uint failedRegister)
    {
        int secondLevelBits = _streams.IsTwoLevel ? StreamTable<TMemory>.SecondLevelBits : 0;
        SmmuResult configured = _switch.Configure(_streams.Start, _streams.Log2Entries, secondLevelBits, out failedRegister);
        if (configured != SmmuResult.Done)
        {
            return configured;
        }

        SmmuResult commands = _switch.EnableCommands(_commands.Start, _commands.Log2Entries, out failedRegister);
        if (commands != SmmuResult.Done)
        {
            return commands;
        }

        _commands.Append(SmmuCommand.ForgetAllConfiguration);
        if (Capabilities.HasHypervisorTranslations)
        {
            _commands.Append(SmmuCommand.ForgetHypervisorTranslations);
        }

        _commands.Append(SmmuCommand.ForgetAllTranslations);
        SmmuResult clean = _commands.Sync();
        if (clean != SmmuResult.Done)
        {
            failedRegister = Smmuv3.Offsets.CmdqCons;
            return clean;
        }

        return _switch.EnableTranslation(_events.Start, _events.Log2Entries, options.Interrupts, out failedRegister);
    }

    private readonly void Free(ref PagePool<TMemory> pool)
    {
        _streams.Free(ref pool);
        _ = pool.TryFree(_commands.Start, 1);
        _ = _quarantine.TryDestroy(ref pool);
    }

    private SmmuResult Sync() => _failed ? SmmuResult.Broken : _commands.Sync();

    private SmmuResult Install(StreamId stream, in StreamTableEntry entry)
    {
        if (!_streams.Contains(stream))
        {
            return SmmuResult.StreamOutOfRange;
        }

        if (IsBroken)
        {
            return SmmuResult.Broken;
        }

        if (_streams.Translates(stream))
        {
            return SmmuResult.Owned;
        }

        // The SMMU may have read half of an entry at any time: so it is closed, and known to be forgotten, before any of it changes.
        _streams.Close(stream, abort: false);
        SmmuResult result = Forget(stream);
        if (result != SmmuResult.Done)
        {
            return result;
        }

        _streams.Prepare(stream, in entry);
        _streams.Open(stream, in entry);
        result = Forget(stream);
        if (result != SmmuResult.Done)
        {
            // It may be in force or not: close it again. If even that is not confirmed, only an SMMU that is off keeps the stream from its new memory.
            _streams.Close(stream, abort: false);
            if (Forget(stream) != SmmuResult.Done)
            {
                _failed = true;
                if (_switch.AbortsWhileOff)
                {
                    _ = _switch.Off(out _);
                }
            }
        }

        return result;
    }

    private SmmuResult Remove(StreamId stream, in StreamTableEntry entry, TranslationStage stage, ushort tag)
    {
        if (!_streams.Contains(stream))
        {
            return SmmuResult.StreamOutOfRange;
        }

        if (!_streams.Is(stream, in entry))
        {
            return SmmuResult.NotOwned;
        }

        _streams.Close(stream, abort: true);
        if (IsBroken)
        {
            return SmmuResult.Broken;
        }

        // As long as the old entry may be cached, a transaction may still cache translations by it: so the entry is known to be forgotten before they are.
        SmmuResult result = Forget(stream);
        if (result == SmmuResult.Done)
        {
            new SmmuInvalidator<TBus, TMemory, TClock>(ref _commands, stage, tag).InvalidateTag();
            result = Sync();
        }

        _failed |= result != SmmuResult.Done;
        return result;
    }

    private SmmuResult Forget(StreamId stream)
    {
        _commands.Append(SmmuCommand.ForgetStream(stream));
        return Sync();
    }
}
