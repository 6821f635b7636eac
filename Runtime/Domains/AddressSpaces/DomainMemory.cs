using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Domains;

/// <summary>
/// A domain's addresses: what is at each of them, and which of it its processors and its devices reach. No two ranges overlap, whatever they hold, so that a doorbell is never over RAM or over
/// a function's memory. What is taken away is taken from devices and processors before it counts as taken away. It lives in one place; one caller at a time changes it.
/// </summary>
/// <typeparam name="TProcessors">The table that the domain's processors walk.</typeparam>
/// <typeparam name="TDevices">The table that its devices walk.</typeparam>
public partial struct DomainMemory<TProcessors, TDevices>
    where TProcessors : struct, IDomainTable
    where TDevices : struct, IDomainTable
{
    /// <summary>How many ranges there can be.</summary>
    public const int Capacity = 32;

    private const ulong PageBytes = 0x1000;

    private readonly DomainSettings _settings;
    private readonly TProcessors _processors;
    private readonly TDevices _devices;
    private Regions _regions;
    private PendingBar _pending;

    /// <summary>Begins with nothing mapped.</summary>
    /// <param name="settings">What kind of addresses they are.</param>
    /// <param name="processors">The table that the domain's processors walk; empty.</param>
    /// <param name="devices">The table that its devices walk; empty.</param>
    public DomainMemory(in DomainSettings settings, TProcessors processors, TDevices devices)
    {
        _settings = settings;
        _processors = processors;
        _devices = devices;
    }

    /// <summary>What kind of addresses they are.</summary>
    public readonly DomainSettings Settings => _settings;

    /// <summary>How many ranges there are.</summary>
    public int Count { get; private set; }

    /// <summary>One range, in the order of addition: a guest's firmware tables are written from these.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public readonly DomainRegion this[int index] => _regions[index];

    /// <summary>Pages that are mapped, counted once for processors and once for devices; those that are lost included.</summary>
    public ulong MappedPages { get; private set; }

    /// <summary>Pages of 4 KiB that the tables take.</summary>
    public readonly uint TablePages => _processors.TablePages + (_settings.SharesTable ? 0 : _devices.TablePages);

    /// <summary>Times that memory of a function was mapped and has not been unmapped.</summary>
    public uint MappedBars { get; private set; }

    /// <summary>What stood in the way of the last range that was refused for it.</summary>
    public DomainRegion Conflict { get; private set; }

    /// <summary>What the owner had too little of when it was last refused for that.</summary>
    public QuotaKind ExhaustedQuota { get; private set; }

    /// <summary>What the table said that last refused.</summary>
    public MappingResult TableResult { get; private set; }

    /// <summary>Whether nothing of the machine is reachable through these addresses, nor lost in them.</summary>
    public readonly bool IsEmpty => MappedPages == 0;

    /// <summary>Whether the domain's processors may run: not while memory of a function is mapped in part.</summary>
    public readonly bool IsRunnable => !_pending.IsActive;

    /// <summary>Adds a bank of RAM: processors and devices reach it.</summary>
    /// <param name="start">The domain's first address.</param>
    /// <param name="machine">The machine's first address.</param>
    /// <param name="bytes">Length in bytes.</param>
    public DomainResult AddRam(ulong start, [HardwareSink] MachineAddress machine, [HardwareSink] ulong bytes)
        => Add(RegionKind.Ram, start, machine, bytes, PageAttributes.Ram, _settings.SharesTable ? default : PageAttributes.DmaRam);

    /// <summary>Adds a window for the memory of PCI functions.</summary>
    /// <param name="start">The domain's first address.</param>
    /// <param name="bytes">Length in bytes.</param>
    public DomainResult AddWindow(ulong start, ulong bytes) => Add(RegionKind.PciWindow, start, new MachineAddress(start), bytes, default, default);

    /// <summary>Adds a range that traps.</summary>
    /// <param name="start">The domain's first address.</param>
    /// <param name="bytes">Length in bytes.</param>
    public DomainResult AddEmulated(ulong start, ulong bytes) => Add(RegionKind.Emulated, start, new MachineAddress(start), bytes, default, default);

    /// <summary>Adds registers of the machine: processors reach them, devices do not.</summary>
    /// <param name="start">The domain's first address.</param>
    /// <param name="machine">The machine's first address.</param>
    /// <param name="bytes">Length in bytes.</param>
    public DomainResult AddDevicePages(ulong start, [HardwareSink] MachineAddress machine, [HardwareSink] ulong bytes)
        => _settings.SharesTable ? DomainResult.OneTable : Add(RegionKind.DevicePages, start, machine, bytes, PageAttributes.Registers, default);

    /// <summary>
    /// Adds the doorbell of an MSI controller: devices write to it, processors do not reach it. It is mapped for writing only where the table can say so.
    /// </summary>
    /// <param name="start">The address that devices write to.</param>
    /// <param name="machine">The machine's address of the page.</param>
    /// <param name="bytes">Length in bytes.</param>
    public DomainResult AddDoorbell(ulong start, [HardwareSink] MachineAddress machine, [HardwareSink] ulong bytes)
    {
        if (_settings.SharesTable)
        {
            return DomainResult.OneTable;
        }

        DomainResult result = Add(RegionKind.Doorbell, start, machine, bytes, default, new PageAttributes(PageAccess.Write, MemoryType.Device));
        return result == DomainResult.TableRefused && TableResult == MappingResult.Unsupported
            ? Add(RegionKind.Doorbell, start, machine, bytes, default, PageAttributes.Registers)
            : result;
    }

    /// <summary>Keeps an address free at which a host bridge takes messages itself.</summary>
    /// <param name="start">The first address.</param>
    /// <param name="bytes">Length in bytes.</param>
    public DomainResult AddCapturedDoorbell(ulong start, ulong bytes) => Add(RegionKind.CapturedDoorbell, start, new MachineAddress(start), bytes, default, default);

    /// <summary>
    /// Takes a range away, from devices first. While memory of functions is mapped in a window, that window stays.
    /// </summary>
    /// <param name="start">Its first address.</param>
    /// <returns>Done when nobody reaches it any more; Incomplete when that is not certain: then the range stays, as lost.</returns>
    public DomainResult Remove(ulong start)
    {
        int index = Find(start);
        if (index < 0 || _pending.IsActive)
        {
            return index < 0 ? DomainResult.NotFound : DomainResult.Busy;
        }

        ref DomainRegion region = ref _regions[index];
        if (region.IsLost)
        {
            return DomainResult.Incomplete;
        }

        if (region.Kind == RegionKind.PciWindow && MappedBars != 0)
        {
            Conflict = region;
            return DomainResult.Overlap;
        }

        bool devices = !HasDevices(region.Kind) || IsGone(_devices.Unmap(region.Start, region.Bytes), region.Bytes);
        bool processors = !HasProcessors(region.Kind) || IsGone(_processors.Unmap(region.Start, region.Bytes), region.Bytes);
        if (!(devices && processors))
        {
            region.IsLost = true;
            return DomainResult.Incomplete;
        }

        Count--;
        for (int at = index; at < Count; at++)
        {
            _regions[at] = _regions[at + 1];
        }

        return DomainResult.Done;
    }

    /// <summary>Maps memory of a function in a PCI window, for processors, and for devices where peers may reach it.</summary>
    /// <param name="start">The domain's first address.</param>
    /// <param name="machine">The machine's first address.</param>
    /// <param name="bytes">Length in bytes.</param>
    /// <param name="attributes">What may be done there.</param>
    public DomainResult MapBar(ulong start, [HardwareSink] MachineAddress machine, [HardwareSink] ulong bytes, PageAttributes attributes)
    {
        DomainResult allowed = CheckBar(start, machine, bytes);
        if (allowed != DomainResult.Done)
        {
            return allowed;
        }

        DomainResult mapped = MapPart(start, machine, bytes, attributes);
        MappedBars += mapped == DomainResult.Done ? 1u : 0;
        return mapped;
    }

    /// <summary>Takes away what one <see cref="MapBar(ulong, MachineAddress, ulong, PageAttributes)"/> mapped.</summary>
    /// <param name="start">As it was mapped.</param>
    /// <param name="bytes">As it was mapped.</param>
    /// <returns>Done when nobody reaches it any more; Incomplete when that is not certain: its function is to be given up.</returns>
    public DomainResult UnmapBar(ulong start, ulong bytes)
    {
        if (_pending.IsActive)
        {
            return DomainResult.Busy;
        }

        if (bytes == 0 || !IsInWindow(start, bytes))
        {
            return DomainResult.NotFound;
        }

        DomainResult gone = UnmapPart(start, bytes);
        MappedBars -= gone == DomainResult.Done && MappedBars != 0 ? 1u : 0;
        return gone;
    }

    /// <summary>Whether two domains have memory of the machine in common, but for doorbells: there each page has one owner.</summary>
    /// <param name="other">The other domain.</param>
    /// <param name="shared">The first range of this domain that the other one has a part of.</param>
    public readonly bool SharesMachineWith(in DomainMemory<TProcessors, TDevices> other, out DomainRegion shared)
    {
        for (int index = 0; index < Count; index++)
        {
            for (int theirs = 0; HasProcessors(_regions[index].Kind) && theirs < other.Count; theirs++)
            {
                if (HasProcessors(other._regions[theirs].Kind) && _regions[index].MeetsMachine(other._regions[theirs].Machine, other._regions[theirs].Bytes))
                {
                    shared = _regions[index];
                    return true;
                }
            }
        }

        shared = default;
        return false;
    }

    private DomainResult CheckBar(ulong start, MachineAddress machine, ulong bytes)
    {
        if (_pending.IsActive)
        {
            return DomainResult.Busy;
        }

        DomainResult checkedResult = Check(start, machine, bytes, isIdentity: _settings.IsDirectMapped);
        if (checkedResult != DomainResult.Done)
        {
            return checkedResult;
        }

        if (!IsInWindow(start, bytes))
        {
            return DomainResult.OutsideWindow;
        }

        if (_settings.SharesTable && _settings.Peers == PeerPolicy.None)
        {
            return DomainResult.OneTable;
        }

        for (int index = 0; index < Count; index++)
        {
            if (_regions[index].Kind == RegionKind.Doorbell && _regions[index].MeetsMachine(machine, bytes))
            {
                Conflict = _regions[index];
                return DomainResult.Overlap;
            }
        }

        return DomainResult.Done;
    }

    private DomainResult MapPart(ulong start, MachineAddress machine, ulong bytes, PageAttributes attributes)
        => MapBoth(start, machine, bytes, attributes, ReachesPeers ? new PageAttributes(attributes.Access & PageAccess.ReadWrite, attributes.Type) : default);

    private DomainResult UnmapPart(ulong start, ulong bytes)
    {
        bool devices = !ReachesPeers || IsGone(_devices.Unmap(start, bytes), bytes);
        bool processors = IsGone(_processors.Unmap(start, bytes), bytes);
        return devices && processors ? DomainResult.Done : TableResult == MappingResult.NotMapped ? DomainResult.NotFound : DomainResult.Incomplete;
    }

    private bool HasRoomFor(ulong pages)
    {
        bool has = MappedPages <= _settings.Quota.MappedPages && pages <= _settings.Quota.MappedPages - MappedPages;
        ExhaustedQuota = has ? ExhaustedQuota : QuotaKind.MappedPages;
        return has;
    }

    private readonly bool ReachesPeers => _settings.Peers == PeerPolicy.SameOwner && !_settings.SharesTable;

    private readonly bool HasDevices(RegionKind kind) => kind is RegionKind.Ram or RegionKind.Doorbell && !_settings.SharesTable;

    private static bool HasProcessors(RegionKind kind) => kind is RegionKind.Ram or RegionKind.DevicePages;

    private readonly int Find(ulong start)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_regions[index].Start == start)
            {
                return index;
            }
        }

        return -1;
    }

    private readonly bool IsInWindow(ulong start, ulong bytes)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_regions[index].Kind == RegionKind.PciWindow && _regions[index].Holds(start, bytes))
            {
                return true;
            }
        }

        return false;
    }

    private readonly DomainResult Check(ulong start, MachineAddress machine, ulong bytes, bool isIdentity)
    {
        if (((start | machine.Value | bytes) & (PageBytes - 1)) != 0 || bytes == 0)
        {
            return DomainResult.Misaligned;
        }

        ulong end = _settings.AddressBits is >= 25 and <= 48 ? 1UL << _settings.AddressBits : 0;
        if (start >= end || bytes > end - start || machine.Value + bytes < machine.Value)
        {
            return DomainResult.OutOfRange;
        }

        return isIdentity && start != machine.Value ? DomainResult.NotIdentity : DomainResult.Done;
    }

    private DomainResult Add(RegionKind kind, ulong start, MachineAddress machine, ulong bytes, PageAttributes processors, PageAttributes devices)
    {
        if (_pending.IsActive)
        {
            return DomainResult.Busy;
        }

        DomainResult result = Check(start, machine, bytes, isIdentity: _settings.IsDirectMapped && kind == RegionKind.Ram);
        if (result != DomainResult.Done)
        {
            return result;
        }

        for (int index = 0; index < Count; index++)
        {
            // A doorbell that processors could reach by another address would be no doorbell of devices alone.
            bool reaches = (kind == RegionKind.Doorbell && HasProcessors(_regions[index].Kind)) || (_regions[index].Kind == RegionKind.Doorbell && HasProcessors(kind));
            if (_regions[index].Meets(start, bytes) || (reaches && _regions[index].MeetsMachine(machine, bytes)))
            {
                Conflict = _regions[index];
                return DomainResult.Overlap;
            }
        }

        if (Count == Capacity)
        {
            return DomainResult.Full;
        }

        result = MapBoth(start, machine, bytes, processors, devices);
        if (result is DomainResult.Done or DomainResult.Incomplete)
        {
            _regions[Count] = new DomainRegion { Kind = kind, Start = start, Bytes = bytes, Machine = machine, IsLost = result == DomainResult.Incomplete };
            Count++;
        }

        return result;
    }

    /// <summary>Maps for processors, then for devices; what has no access is not mapped. On an error what was mapped is taken out again.</summary>
    private DomainResult MapBoth(ulong start, MachineAddress machine, ulong bytes, PageAttributes processors, PageAttributes devices)
    {
        ulong pages = bytes / PageBytes;
        bool forProcessors = processors.Access != PageAccess.None;
        bool forDevices = devices.Access != PageAccess.None;
        ulong wanted = (forProcessors ? pages : 0) + (forDevices ? pages : 0);
        if (!HasRoomFor(wanted))
        {
            return DomainResult.Quota;
        }

        if (forProcessors && !TryTable(_processors.Map(start, machine, bytes, processors), bytes, out DomainResult refused))
        {
            return refused;
        }

        if (forDevices && !TryTable(_devices.Map(start, machine, bytes, devices), bytes, out refused))
        {
            MappingResult reason = TableResult;
            bool undone = !forProcessors || IsGone(_processors.Unmap(start, bytes), bytes);
            TableResult = reason;
            return undone ? refused : DomainResult.Incomplete;
        }

        if (TablePages <= _settings.Quota.Tables)
        {
            return DomainResult.Done;
        }

        bool devicesGone = !forDevices || IsGone(_devices.Unmap(start, bytes), bytes);
        bool processorsGone = !forProcessors || IsGone(_processors.Unmap(start, bytes), bytes);
        ExhaustedQuota = QuotaKind.Tables;
        return devicesGone && processorsGone ? DomainResult.Quota : DomainResult.Incomplete;
    }

    private bool TryTable(MappingResult result, ulong bytes, out DomainResult refused)
    {
        // What a table could not take back may still be reachable.
        refused = result == MappingResult.InvalidationIncomplete ? DomainResult.Incomplete : DomainResult.TableRefused;
        TableResult = result;
        MappedPages += result is MappingResult.Done or MappingResult.InvalidationIncomplete ? bytes / PageBytes : 0;
        return result == MappingResult.Done;
    }

    private bool IsGone(MappingResult result, ulong bytes)
    {
        TableResult = result == MappingResult.Done ? TableResult : result;
        MappedPages -= result == MappingResult.Done ? bytes / PageBytes : 0;
        return result == MappingResult.Done;
    }

    [InlineArray(Capacity)]
    private struct Regions
    {
        private DomainRegion _region;
    }
}
