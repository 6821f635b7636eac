using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The GICv3 translation service that a guest sees, with the message interrupts of its one processor's redistributor. Commands are read from the guest's memory, each word once; devices,
/// events and collections are kept here, so that nothing that the guest writes later changes what was checked. Tables, commands per access, and pending state are bounded.
/// It lives in one place and is passed by reference.
/// </summary>
/// <remarks>
/// Source: Arm IHI 0069, sections 5.2, 5.3, 12.11 and 12.19. There are no tables in the guest's memory (GITS_BASER reads as not implemented, GITS_TYPER.HCC holds all collections), and the
/// pending table is neither read nor written: it is taken as zero. A message that arrives while GICR_CTLR.EnableLPIs is zero is dropped. The
/// configuration of a message interrupt is read when it is mapped, when it is invalidated, and when message interrupts are switched on.
/// </remarks>
/// <typeparam name="TMemory">The guest's memory.</typeparam>
public struct GuestIts<TMemory>
    where TMemory : struct, IGuestMemory
{
    /// <summary>Bytes of the service's two frames: registers, and the doorbell.</summary>
    public const uint SizeBytes = 0x2_0000;

    /// <summary>How many collections a guest has.</summary>
    public const uint Collections = 16;

    /// <summary>How much work one access does at most, in commands; one that goes over a table counts as 32.</summary>
    public const uint MostWork = 128;

    private const uint LargeCommand = 32;
    private const uint DeviceIds = 0x1_0000;
    private const int EventBits = 11;
    private const uint CommandsPerPage = 128;

    private readonly ulong _address;
    private readonly GuestItsOptions _options;
    private GicIts.Guest _view;
    private GicRedistributor.Guest _redistributor;
    private GuestItsHooks<TMemory> _hooks;
    private GuestItsDevices _devices;
    private GuestItsEvents _events;
    private GuestLpis _lpis;
    private ushort _collections;

    /// <summary>Makes a service as after reset.</summary>
    /// <param name="address">Guest address of its registers; the doorbell is in the frame behind them.</param>
    /// <param name="memory">The guest's memory.</param>
    /// <param name="options">How it behaves, and what the guest may have.</param>
    public GuestIts(ulong address, TMemory memory, GuestItsOptions options)
    {
        _address = address;
        _options = options;
        _hooks = new GuestItsHooks<TMemory>(memory);
        _view.Reset(ResetKind.PowerOn);
        _view.GitsTyper = default(GicIts.GitsTyper) with
        {
            Physical = true,
            IdBits = EventBits - 1,
            DevBits = 15,
            Hcc = Collections,
            Cil = true,
            CidBits = 3,
            IttEntrySize = 7,
        };
        _redistributor.Reset(ResetKind.PowerOn);
        _redistributor.GicrTyper = default(GicRedistributor.GicrTyper) with { Plpis = true, Last = true };
        _redistributor.GicrCtlr = default(GicRedistributor.GicrCtlr) with { Ces = true };
    }

    /// <summary>Where the guest's messages go: the guest address of GITS_TRANSLATER.</summary>
    public readonly ulong Doorbell => _address + GicIts.Offsets.GitsTranslater;

    /// <summary>Commands that were done.</summary>
    public uint Commands { get; private set; }

    /// <summary>Commands that were not done.</summary>
    public uint WrongCommands { get; private set; }

    /// <summary>Why the last one was not.</summary>
    public GuestItsError LastError { get; private set; }

    /// <summary>Messages that meant nothing when they arrived: no such device, event or collection, or the service or its interrupts were off.</summary>
    public uint Dropped { get; private set; }

    /// <summary>Accesses to what is not there.</summary>
    public uint Denied { get; private set; }

    /// <summary>How many message interrupts wait until the guest enables them.</summary>
    public readonly uint PendingInterrupts => _lpis.Pending;

    /// <summary>How many events are handed out to devices.</summary>
    public readonly uint TakenEvents => _events.Taken;

    /// <summary>Whether commands wait in the queue: the next access goes on with them.</summary>
    public readonly bool HasCommands => IsRunning && _view.GitsCreadr.Offset != _view.GitsCwriter.Offset;

    /// <summary>Reads the service's registers. Commands that wait are gone on with.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="offset">Byte offset; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="sink">The guest's interrupts.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read<TSink>(uint offset, AccessWidth width, TSink sink, out ulong value)
        where TSink : struct, IInterruptSink
    {
        Advance(sink);
        return Count(_view.Read(offset, width, ref _hooks, out value));
    }

    /// <summary>Writes the service's registers. The doorbell is for devices: a processor's write to it does nothing.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="offset">Byte offset; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public AccessResult Write<TSink>(uint offset, AccessWidth width, GuestValue value, TSink sink)
        where TSink : struct, IInterruptSink
    {
        AccessResult result = Count(_view.Write(offset, width, value, ref _hooks));
        Advance(sink);
        return result;
    }

    /// <summary>Reads the redistributor's registers for message interrupts.</summary>
    /// <param name="offset">Byte offset; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult ReadRedistributor(uint offset, AccessWidth width, out ulong value) => Count(_redistributor.Read(offset, width, ref _hooks, out value));

    /// <summary>Writes the redistributor's registers for message interrupts.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="offset">Byte offset; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public AccessResult WriteRedistributor<TSink>(uint offset, AccessWidth width, GuestValue value, TSink sink)
        where TSink : struct, IInterruptSink
    {
        bool wasOn = _redistributor.GicrCtlr.EnableLpis;
        AccessResult result = Count(_redistributor.Write(offset, width, value, ref _hooks));
        bool isOn = _redistributor.GicrCtlr.EnableLpis;
        if (wasOn && !isOn)
        {
            for (uint interrupt = 0; interrupt < GuestLpis.Count; interrupt++)
            {
                _ = sink.Withdraw(GuestLpis.First + interrupt);
            }

            _lpis.Reset();
        }
        else if (isOn && !wasOn)
        {
            ConfigureAll(sink);
        }

        return result;
    }

    /// <summary>As <see cref="IGuestMessages.TryResolve"/>: a message to the doorbell. Its device is the function that sends it, and what it means is looked up when it arrives.</summary>
    [Sanitizes]
    public readonly bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
    {
        bool rings = address.TryWithin(Doorbell, sizeof(uint), sizeof(uint), out _) & data.TryRange(0, (1u << EventBits) - 1, out ulong number);
        message = rings ? new GuestMessage(requester, (uint)number) : default;
        return rings;
    }

    /// <summary>As <see cref="IGuestMessages.TryDeliver"/>: translates the message with the tables as they are now.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="message">What <see cref="TryResolve"/> made.</param>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public bool TryDeliver<TSink>(GuestMessage message, TSink sink)
        where TSink : struct, IInterruptSink
    {
        bool translated = !message.IsNone && _view.GitsCtlr.Enabled && _redistributor.GicrCtlr.EnableLpis
            && TryFind(message.Requester.Value, message.Number, out _, out uint interrupt, out uint collection) && IsCollection(collection)
            && Pend(interrupt, sink);
        Dropped += translated ? 0u : 1u;
        return translated;
    }

    /// <summary>Goes on with commands that wait, up to <see cref="MostWork"/>.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public void Advance<TSink>(TSink sink)
        where TSink : struct, IInterruptSink
    {
        uint work = 0;
        while (work < MostWork && HasCommands)
        {
            GicIts.GitsCbaser queue = _view.GitsCbaser;
            GicIts.GitsCreadr state = _view.GitsCreadr;
            uint entries = (queue.Size + 1) * CommandsPerPage;
            if (state.Offset >= entries || _view.GitsCwriter.Offset >= entries)
            {
                // A queue that was made smaller, or a place beyond its end: there is nothing to be read there.
                return;
            }

            ulong address = (queue.PhysicalAddress << 12) + (state.Offset * GuestItsCommand.Bytes);
            ref GuestItsHooks<TMemory> hooks = ref _hooks;
            bool fetched = GuestItsCommand.TryRead(hooks.Memory, address, out GuestItsCommand command);
            uint cost = 1;
            GuestItsError error = fetched ? Execute(in command, sink, out cost) : GuestItsError.QueueOutOfReach;
            work += cost;
            if (error == GuestItsError.None)
            {
                Commands++;
            }
            else
            {
                WrongCommands++;
                LastError = error;
                if (_options.StallsAtErrors || !fetched)
                {
                    _view.GitsCreadr = state with { Stalled = true };
                    return;
                }
            }

            _view.GitsCreadr = state with { Offset = state.Offset + 1 == entries ? 0 : state.Offset + 1 };
        }
    }

    private readonly bool IsRunning => _view.GitsCtlr.Enabled && _view.GitsCbaser.Valid && !_view.GitsCreadr.Stalled;

    private readonly uint MostDevices => _options.Devices is 0 or > GuestItsDevices.Capacity ? GuestItsDevices.Capacity : _options.Devices;

    private readonly uint MostEvents => _options.Events is 0 or > GuestItsEvents.Capacity ? GuestItsEvents.Capacity : _options.Events;

    private GuestItsError Execute<TSink>(in GuestItsCommand command, TSink sink, out uint cost)
        where TSink : struct, IInterruptSink
    {
        cost = 1;
        switch (command.Opcode)
        {
            case 0x01:
                return Move(in command);
            case 0x03:
                return Interrupt(in command, sink);
            case 0x04:
                return Clear(in command, sink, GuestItsError.ClearUnmappedInterrupt, out _);
            case 0x05:
                // All that went before is complete: each command is done before the next one is read.
                return GuestItsError.None;
            case 0x08:
                cost = LargeCommand;
                return MapDevice(in command, sink);
            case 0x09:
                return MapCollection(in command);
            case 0x0A:
                return MapEvent(in command, command.Interrupt, sink);
            case 0x0B:
                return MapEvent(in command, command.Event, sink);
            case 0x0C:
                return Invalidate(in command, sink);
            case 0x0D:
                cost = LargeCommand;
                return InvalidateAll(in command, sink);
            case 0x0E:
                // From a processor to another: there is one.
                return command.Target == 0 ? GuestItsError.None : GuestItsError.MoveAllTargetOutOfRange;
            case 0x0F:
                GuestItsError error = Clear(in command, sink, GuestItsError.DiscardUnmappedInterrupt, out uint place);
                if (error == GuestItsError.None)
                {
                    _events.Clear(place);
                }

                return error;
            default:
                return GuestItsError.UnknownCommand;
        }
    }

    private GuestItsError MapDevice<TSink>(in GuestItsCommand command, TSink sink)
        where TSink : struct, IInterruptSink
    {
        if (command.Device >= DeviceIds)
        {
            return GuestItsError.MapDeviceOutOfRange;
        }

        if (command.IsValid && command.EventBits > EventBits)
        {
            return GuestItsError.MapDeviceSizeOutOfRange;
        }

        // What the device had before is gone either way.
        int entry = _devices.Find(command.Device);
        if (entry >= 0)
        {
            UnmapDevice(entry, sink);
        }

        if (!command.IsValid)
        {
            return GuestItsError.None;
        }

        entry = _devices.FindFree(MostDevices);
        if (entry < 0)
        {
            return GuestItsError.MapDeviceOutOfRange;
        }

        uint count = 1u << (int)command.EventBits;
        if (!_events.TryTake(count, MostEvents, out uint first))
        {
            return GuestItsError.MapDeviceSizeOutOfRange;
        }

        ref GuestItsDevice device = ref _devices[entry];
        device.IsMapped = true;
        device.Id = command.Device;
        device.First = first;
        device.Events = count;
        return GuestItsError.None;
    }

    private void UnmapDevice<TSink>(int entry, TSink sink)
        where TSink : struct, IInterruptSink
    {
        ref GuestItsDevice device = ref _devices[entry];
        for (uint number = 0; number < device.Events; number++)
        {
            if (_events.TryGet(device.First + number, out uint interrupt, out _))
            {
                TakeBack(interrupt, sink);
                _events.Clear(device.First + number);
            }
        }

        _events.Free(device.First, device.Events);
        device = default;
    }

    private GuestItsError MapCollection(in GuestItsCommand command)
    {
        if (command.Collection >= Collections)
        {
            return GuestItsError.MapCollectionOutOfRange;
        }

        if (command.IsValid && command.Target != 0)
        {
            return GuestItsError.MapCollectionTargetOutOfRange;
        }

        uint bit = 1u << (int)command.Collection;
        _collections = (ushort)(command.IsValid ? _collections | bit : _collections & ~bit);
        return GuestItsError.None;
    }

    private GuestItsError MapEvent<TSink>(in GuestItsCommand command, uint number, TSink sink)
        where TSink : struct, IInterruptSink
    {
        int entry = command.Device < DeviceIds ? _devices.Find(command.Device) : -1;
        if (entry < 0)
        {
            return GuestItsError.MapEventUnmappedDevice;
        }

        if (command.Event >= _devices[entry].Events)
        {
            return GuestItsError.MapEventOutOfRange;
        }

        if (number is < GuestLpis.First or >= GuestLpis.First + GuestLpis.Count)
        {
            return GuestItsError.MapInterruptOutOfRange;
        }

        if (command.Collection >= Collections)
        {
            return GuestItsError.MapCollectionOutOfRange;
        }

        _events.Set(_devices[entry].First + command.Event, number - GuestLpis.First, command.Collection);
        Configure(number - GuestLpis.First, sink);
        return GuestItsError.None;
    }

    private GuestItsError Move(in GuestItsCommand command)
    {
        if (!TryFind(command.Device, command.Event, out uint place, out uint interrupt, out _))
        {
            return GuestItsError.MoveUnmappedInterrupt;
        }

        if (!IsCollection(command.Collection))
        {
            return GuestItsError.MoveUnmappedCollection;
        }

        _events.Set(place, interrupt, command.Collection);
        return GuestItsError.None;
    }

    private GuestItsError Interrupt<TSink>(in GuestItsCommand command, TSink sink)
        where TSink : struct, IInterruptSink
    {
        if (!TryFind(command.Device, command.Event, out _, out uint interrupt, out uint collection) || !IsCollection(collection))
        {
            return GuestItsError.InterruptUnmappedInterrupt;
        }

        if (_redistributor.GicrCtlr.EnableLpis)
        {
            _ = Pend(interrupt, sink);
        }

        return GuestItsError.None;
    }

    private GuestItsError Clear<TSink>(in GuestItsCommand command, TSink sink, GuestItsError wrong, out uint place)
        where TSink : struct, IInterruptSink
    {
        if (!TryFind(command.Device, command.Event, out place, out uint interrupt, out _))
        {
            return wrong;
        }

        TakeBack(interrupt, sink);
        return GuestItsError.None;
    }

    private GuestItsError Invalidate<TSink>(in GuestItsCommand command, TSink sink)
        where TSink : struct, IInterruptSink
    {
        if (!TryFind(command.Device, command.Event, out _, out uint interrupt, out _))
        {
            return GuestItsError.InvalidateUnmappedInterrupt;
        }

        Configure(interrupt, sink);
        return GuestItsError.None;
    }

    private GuestItsError InvalidateAll<TSink>(in GuestItsCommand command, TSink sink)
        where TSink : struct, IInterruptSink
    {
        if (!IsCollection(command.Collection))
        {
            return GuestItsError.InvalidateUnmappedCollection;
        }

        ConfigureAll(sink);
        return GuestItsError.None;
    }

    private readonly bool TryFind(uint device, uint number, out uint place, out uint interrupt, out uint collection)
    {
        place = 0;
        interrupt = 0;
        collection = 0;
        int entry = device < DeviceIds ? _devices.Find(device) : -1;
        if (entry < 0 || number >= _devices[entry].Events)
        {
            return false;
        }

        place = _devices[entry].First + number;
        return _events.TryGet(place, out interrupt, out collection);
    }

    private readonly bool IsCollection(uint collection) => collection < Collections && (_collections & (1u << (int)collection)) != 0;

    private bool Pend<TSink>(uint interrupt, TSink sink)
        where TSink : struct, IInterruptSink
    {
        _lpis.Pend(interrupt);
        Release(interrupt, sink);
        return true;
    }

    private void Release<TSink>(uint interrupt, TSink sink)
        where TSink : struct, IInterruptSink
    {
        if (_redistributor.GicrCtlr.EnableLpis && _lpis.TryTake(interrupt))
        {
            sink.Raise(GuestLpis.First + interrupt);
        }
    }

    private void TakeBack<TSink>(uint interrupt, TSink sink)
        where TSink : struct, IInterruptSink
    {
        _lpis.Clear(interrupt);
        _ = sink.Withdraw(GuestLpis.First + interrupt);
    }

    // One word of the guest's table holds eight configurations: what was read once is what counts.
    private void Configure<TSink>(uint interrupt, TSink sink)
        where TSink : struct, IInterruptSink
    {
        bool enabled = TryReadConfiguration(interrupt & ~7u, out ulong eight) && ((eight >> (int)((interrupt & 7) * 8)) & 1) != 0;
        Apply(interrupt, enabled, sink);
    }

    private void ConfigureAll<TSink>(TSink sink)
        where TSink : struct, IInterruptSink
    {
        for (uint first = 0; first < GuestLpis.Count; first += 8)
        {
            ulong eight = TryReadConfiguration(first, out ulong read) ? read : 0;
            for (uint lane = 0; lane < 8; lane++)
            {
                Apply(first + lane, ((eight >> (int)(lane * 8)) & 1) != 0, sink);
            }
        }
    }

    private void Apply<TSink>(uint interrupt, bool enabled, TSink sink)
        where TSink : struct, IInterruptSink
    {
        if (!enabled && _lpis.IsEnabled(interrupt) && sink.Withdraw(GuestLpis.First + interrupt))
        {
            // Raised and not taken before it was disabled: it waits again.
            _lpis.Pend(interrupt);
        }

        _lpis.Enable(interrupt, enabled);
        Release(interrupt, sink);
    }

    private readonly bool TryReadConfiguration(uint first, out ulong eight)
    {
        GicRedistributor.GicrPropbaser table = _redistributor.GicrPropbaser;
        eight = 0;
        return GuestLpis.First + first < 1ul << (int)(table.IdBits + 1)
            && _hooks.Memory.TryRead64(new GuestAddress((table.PhysicalAddress << 12) + first), out eight);
    }

    private AccessResult Count(AccessResult result)
    {
        Denied += result == AccessResult.Done ? 0u : 1u;
        return result;
    }
}
