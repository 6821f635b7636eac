using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// A physical GICv3 translation service. The interconnect tells it who sent a message, and only the events of the sender's own table mean anything: so a function can
/// raise no vector but those that were allocated for it. Vectors are message interrupts (LPIs), pending in the hardware's memory. It lives in one place and is passed by
/// reference.
/// </summary>
/// <typeparam name="TBus">How the registers are reached.</typeparam>
/// <typeparam name="TMemory">The memory that tables and the queue are in.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <remarks>Source: Arm IHI 0069, chapter 5.</remarks>
public struct GicItsController<TBus, TMemory, TClock> : IMsiController
    where TBus : struct, IRegisterBus
    where TMemory : struct, IMachineMemory
    where TClock : struct, IClock
{
    private const int EventBits = 8;
    private const ushort Collection = 0;
    private const uint FunctionNumber = 7;

    private readonly TMemory _memory;
    private readonly ItsOptions _options;
    private ItsHardware<TBus, TMemory, TClock> _hardware;
    private ItsCommandQueue<TBus, TMemory, TClock> _commands;
    private ItsDevices _devices;
    private ItsVectors _vectors;
    private VectorTable _owners;
    private bool _failed;

    private GicItsController(TMemory memory, in ItsHardware<TBus, TMemory, TClock> hardware, ItsOptions options)
    {
        _memory = memory;
        _hardware = hardware;
        _options = options;
        VectorCount = options.Vectors is 0 or > VectorTable.Capacity ? VectorTable.Capacity : options.Vectors;
    }

    /// <inheritdoc/>
    public readonly MsiAbilities Abilities => MsiAbilities.IsolatesRequesters | MsiAbilities.DoorbellIsMemoryMapped | MsiAbilities.MasksVectors;

    /// <inheritdoc/>
    public uint VectorCount { get; }

    /// <summary>Whether the service has been given up.</summary>
    public readonly bool IsBroken => _failed || _commands.IsBroken;

    /// <summary>How many commands the service refused.</summary>
    public readonly uint RejectedCommands => _commands.Rejected;

    /// <summary>How many vectors have an owner.</summary>
    public readonly uint TakenVectors => _owners.Taken;

    /// <summary>The register that last did not do what it should; means something after an error only.</summary>
    public readonly ItsRegister FailedRegister => _hardware.Failed;

    /// <summary>The page, of 64 KiB, that is mapped for a function so that its messages arrive.</summary>
    public readonly MachineAddress DoorbellPage => new(_hardware.Doorbell.Value & ~0xFFFFUL);

    /// <summary>
    /// Takes a service over, and the message interrupts of one redistributor, to which all go. When a step fails both are switched off again and their memory goes back,
    /// unless they may still be reading it.
    /// </summary>
    /// <param name="bus">How the registers are reached.</param>
    /// <param name="its">Where the service is.</param>
    /// <param name="redistributor">Where the redistributor is.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="clock">What bounds the waits.</param>
    /// <param name="options">What the board decides.</param>
    /// <param name="pool">Where tables and the queue come from.</param>
    /// <param name="controller">The controller; usable only when the result says done.</param>
    public static ItsResult TryStart(
        TBus bus,
        RegisterAddress its,
        RegisterAddress redistributor,
        TMemory memory,
        TClock clock,
        ItsOptions options,
        ref PagePool<TMemory> pool,
        out GicItsController<TBus, TMemory, TClock> controller)
    {
        ItsHardware<TBus, TMemory, TClock> hardware = new(bus, its, redistributor, memory, clock, options);
        controller = new GicItsController<TBus, TMemory, TClock>(memory, in hardware, options);
        ItsResult result = controller._hardware.Probe();
        if (result != ItsResult.Done)
        {
            controller._failed = true;
            return result;
        }

        result = controller.SwitchOn(ref pool);
        if (result != ItsResult.Done)
        {
            controller._failed = true;
            _ = controller._hardware.ShutDown(ref pool);
        }

        return result;
    }

    /// <summary>Switches everything off and gives the memory back, unless it does not confirm.</summary>
    public ItsResult TryStop(ref PagePool<TMemory> pool)
    {
        _failed = true;
        return _hardware.ShutDown(ref pool);
    }

    /// <summary>At most 256 vectors for a function. Where its message data must be aligned, they are; vectors need not be.</summary>
    /// <inheritdoc/>
    public bool TryAllocate(in MsiRequest request, out VectorBlock block)
    {
        block = default;
        uint own = _options.DeviceBase + request.Requester.Value;
        uint alias = request.Alias.Value == 0 ? ItsSenders.None : _options.DeviceBase + request.Alias.Value;
        uint alignment = request.Alignment == 0 ? 1 : request.Alignment;
        uint phantoms = request.PhantomBits == 0 ? 0 : FunctionNumber & ~(FunctionNumber >> (int)(request.PhantomBits < 3 ? request.PhantomBits : 3));
        ItsSenders senders = new(own, phantoms, alias);
        if (IsBroken || !AreWithin(in senders) || request.Count > ItsEvents.Capacity
            || !_owners.TryAllocate(VectorCount, request.Owner, request.Count, 1, out block))
        {
            return false;
        }

        bool found = TryPlace(in senders, request.Owner, request.Count, alignment, out uint first);
        ItsResult mapped = found ? Map(block, request.Owner, in senders, first) : ItsResult.OutOfMemory;
        if (mapped == ItsResult.Done)
        {
            return true;
        }

        // What was mapped goes again; if even that is not confirmed, the vectors stay taken, and mean nothing to anybody.
        if (!found || Unmap(request.Owner, block) == ItsResult.Done)
        {
            _owners.Free(request.Owner, block);
        }

        block = default;
        return false;
    }

    /// <inheritdoc/>
    public void Free(OwnerId owner, VectorBlock block)
    {
        if (!IsBroken && Unmap(owner, block) == ItsResult.Done)
        {
            _owners.Free(owner, block);
        }
    }

    /// <inheritdoc/>
    public readonly OwnerId OwnerOf(uint vector) => _owners.OwnerOf(vector);

    /// <inheritdoc/>
    public readonly MsiMessage Message(uint vector) => new(_hardware.Doorbell, vector < VectorTable.Capacity ? _vectors[(int)vector] & 0xFF : 0);

    /// <inheritdoc/>
    public bool TryMask(uint vector) => Set(vector, enabled: false);

    /// <summary>What arrived while it was masked is pending in the hardware, which raises the interrupt.</summary>
    /// <inheritdoc/>
    public bool TryUnmask(uint vector, out bool wasRaised)
    {
        wasRaised = false;
        return Set(vector, enabled: true);
    }

    /// <summary>Each vector has an interrupt of its own.</summary>
    /// <inheritdoc/>
    public readonly MsiCollection Collect(uint interrupt, ref PendingBits raised)
    {
        if (!new VectorBlock(LpiTables<TMemory>.FirstInterrupt, VectorCount).TryIndex(interrupt, out uint vector))
        {
            return MsiCollection.Foreign;
        }

        if (!_owners.OwnerOf(vector).IsNone)
        {
            raised.Set(vector);
        }

        return MsiCollection.Done;
    }

    private ItsResult SwitchOn(ref PagePool<TMemory> pool)
    {
        ItsResult result = _hardware.SetUp(ref pool);
        if (result != ItsResult.Done)
        {
            return result;
        }

        _commands = _hardware.Queue();
        result = _hardware.SwitchOn();
        if (result != ItsResult.Done)
        {
            return result;
        }

        _commands.Append(ItsCommand.MapCollection(Collection, _hardware.Target));
        result = _commands.Sync();
        if (result != ItsResult.Done)
        {
            return _hardware.FailQueue(result);
        }

        result = _hardware.OpenInterrupts();
        if (result != ItsResult.Done)
        {
            return result;
        }

        _commands.Append(ItsCommand.InvalidateAll(Collection));
        result = _commands.Sync();
        return result == ItsResult.Done ? result : _hardware.FailQueue(result);
    }

    private readonly bool AreWithin(in ItsSenders senders)
    {
        bool within = true;
        for (uint index = 0; index < senders.Count; index++)
        {
            within &= _hardware.Contains(senders[index]);
        }

        return within;
    }

    /// <summary>Finds entries for all ids of a function, and events that are free in each.</summary>
    private readonly bool TryPlace(in ItsSenders senders, OwnerId owner, uint count, uint alignment, out uint first)
    {
        first = 0;

        // The entry that is free for one id is not free for the next.
        ItsDevices taken = _devices;
        for (uint index = 0; index < senders.Count; index++)
        {
            int device = taken.Find(senders[index], _hardware.Devices, out bool isKnown);
            if (device < 0 || (isKnown && !taken[device].Owner.Is(owner)))
            {
                return false;
            }

            taken[device].Owner = owner;
            taken[device].Id = senders[index];
        }

        for (; first + count <= ItsEvents.Capacity; first += alignment)
        {
            uint free = 0;
            while (free < count && IsFree(in taken, in senders, first + free))
            {
                free++;
            }

            if (free == count)
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool IsFree(in ItsDevices devices, in ItsSenders senders, uint number)
    {
        bool isFree = true;
        for (uint index = 0; index < senders.Count; index++)
        {
            int device = devices.Find(senders[index], _hardware.Devices, out bool isKnown);
            isFree &= isKnown && !devices[device].Events.Has(number);
        }

        return isFree;
    }

    private ItsResult Map(VectorBlock block, OwnerId owner, in ItsSenders senders, uint first)
    {
        int own = 0;
        int last = 0;
        for (uint index = 0; index < senders.Count; index++)
        {
            last = _devices.Find(senders[index], _hardware.Devices, out _);
            own = index == 0 ? last : own;
            Introduce(last, senders[index], owner);
        }

        bool hasAlias = senders.Count > 1u << System.Numerics.BitOperations.PopCount(senders.Phantoms);
        for (uint offset = 0; offset < block.Count; offset++)
        {
            uint vector = block.First + offset;
            uint number = first + offset;
            _vectors[(int)vector] = number | ((uint)own << 8) | (hasAlias ? (uint)(last + 1) << 16 : 0) | (senders.Phantoms << 24);
            _hardware.Interrupts.Set(vector, enabled: true);
            for (uint index = 0; index < senders.Count; index++)
            {
                MapEvent(_devices.Find(senders[index], _hardware.Devices, out _), number, vector);
            }
        }

        return _commands.Sync();
    }

    private void MapEvent(int device, uint number, uint vector)
    {
        ref ItsDevice known = ref _devices[device];
        known.Events.Set(number, used: true);
        _commands.Append(ItsCommand.MapEvent(known.Id, number, LpiTables<TMemory>.FirstInterrupt + vector, Collection));
        _commands.Append(ItsCommand.Invalidate(known.Id, number));
    }

    private void Introduce(int device, uint id, OwnerId owner)
    {
        ref ItsDevice known = ref _devices[device];
        if (!known.Owner.IsNone)
        {
            return;
        }

        // Events of whoever had the table before must not come back to life.
        MachineAddress table = _hardware.EventTables + ((ulong)device * PagePool<TMemory>.PageBytes);
        _memory.Zero(table, PagePool<TMemory>.PageBytes);
        _memory.Clean(table, PagePool<TMemory>.PageBytes);
        known = default;
        known.Owner = owner;
        known.Id = id;
        _commands.Append(ItsCommand.MapDevice(id, table, EventBits));
    }

    private ItsResult Unmap(OwnerId owner, VectorBlock block)
    {
        ulong touched = 0;
        for (uint vector = block.First; vector - block.First < block.Count && vector < VectorCount; vector++)
        {
            if (!_owners.OwnerOf(vector).Is(owner))
            {
                continue;
            }

            uint place = _vectors[(int)vector];
            int second = (int)((place >> 16) & 0xFF) - 1;
            ItsSenders senders = new(_devices[(int)(place >> 8) & 0xFF].Id, place >> 24, second < 0 ? ItsSenders.None : _devices[second].Id);
            _hardware.Interrupts.Set(vector, enabled: false);
            for (uint index = 0; index < senders.Count; index++)
            {
                int device = _devices.Find(senders[index], _hardware.Devices, out bool isKnown);
                if (isKnown)
                {
                    UnmapEvent(device, place & 0xFF, ref touched);
                }
            }
        }

        for (int device = 0; device < ItsDevices.Capacity; device++)
        {
            if ((touched & (1UL << device)) != 0 && _devices[device].Events.IsEmpty)
            {
                _commands.Append(ItsCommand.UnmapDevice(_devices[device].Id));
            }
        }

        ItsResult result = _commands.Sync();
        for (int device = 0; result == ItsResult.Done && device < ItsDevices.Capacity; device++)
        {
            if ((touched & (1UL << device)) != 0 && _devices[device].Events.IsEmpty)
            {
                _devices[device] = default;
            }
        }

        _failed |= result != ItsResult.Done;
        return result;
    }

    private void UnmapEvent(int device, uint number, ref ulong touched)
    {
        ref ItsDevice known = ref _devices[device];
        if (known.Events.Has(number))
        {
            known.Events.Set(number, used: false);
            touched |= 1UL << device;
            _commands.Append(ItsCommand.Discard(known.Id, number));
        }
    }

    private bool Set(uint vector, bool enabled)
    {
        if (IsBroken || _owners.OwnerOf(vector).IsNone)
        {
            return false;
        }

        uint place = _vectors[(int)vector];
        _hardware.Interrupts.Set(vector, enabled);
        _commands.Append(ItsCommand.Invalidate(_devices[(int)(place >> 8) & 0xFF].Id, place & 0xFF));
        return _commands.Sync() == ItsResult.Done;
    }
}
