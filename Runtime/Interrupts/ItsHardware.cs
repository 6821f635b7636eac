using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Interrupts;

/// <summary>The steps that bring a translation service and one redistributor up, each checked; it remembers the register that failed last, and the memory that it took.</summary>
/// <typeparam name="TBus">How the registers are reached.</typeparam>
/// <typeparam name="TMemory">The memory that the tables are in.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <remarks>Source: Arm IHI 0069, sections 5.2, 12.11 and 12.19.</remarks>
internal struct ItsHardware<TBus, TMemory, TClock>
    where TBus : struct, IRegisterBus
    where TMemory : struct, IMachineMemory
    where TClock : struct, IClock
{
    private const ulong DefaultPatienceMicroseconds = 100_000;
    private const int TableCount = 8;
    private const uint GicV3 = 3;
    private const uint GicV4 = 4;
    private const uint Uncached = 1;

    private readonly TMemory _memory;
    private readonly TClock _clock;
    private readonly ItsOptions _options;
    private readonly GicIts.Registers<TBus> _registers;
    private readonly GicRedistributor.Registers<TBus> _redistributor;
    private readonly RegisterAddress _redistributorAddress;
    private readonly int _deviceBits;
    private MachineAddress _deviceTable;
    private MachineAddress _collectionTable;
    private MachineAddress _commands;
    private uint _devicePages;
    private uint _collectionPages;
    private bool _isReading;

    internal ItsHardware(TBus bus, RegisterAddress its, RegisterAddress redistributor, TMemory memory, TClock clock, ItsOptions options)
    {
        _memory = memory;
        _clock = clock;
        _options = options;
        _registers = new GicIts.Registers<TBus>(bus, its);
        _redistributor = new GicRedistributor.Registers<TBus>(bus, redistributor);
        _redistributorAddress = redistributor;
        Patience = options.PatienceMicroseconds == 0 ? DefaultPatienceMicroseconds : options.PatienceMicroseconds;
        Doorbell = its + GicIts.Offsets.GitsTranslater;
        _deviceBits = options.DeviceBits is < 1 or > 16 ? 16 : options.DeviceBits;
        Devices = options.Devices is 0 or > ItsDevices.Capacity ? ItsDevices.Capacity : options.Devices;
    }

    /// <summary>Where functions write their messages.</summary>
    internal RegisterAddress Doorbell { get; }

    /// <summary>How long a wait may take, in microseconds.</summary>
    internal ulong Patience { get; }

    /// <summary>How many devices can have events; a page each.</summary>
    internal uint Devices { get; }

    /// <summary>The register that last did not do what it should.</summary>
    internal ItsRegister Failed { get; private set; }

    /// <summary>Tables of events: a page a device.</summary>
    internal MachineAddress EventTables { get; private set; }

    /// <summary>The tables of message interrupts.</summary>
    internal LpiTables<TMemory> Interrupts { get; private set; }

    /// <summary>Whether a device id can be mapped.</summary>
    internal readonly bool Contains(uint device) => device >> _deviceBits == 0;

    /// <summary>Switches the service off and sees that both can do what is needed.</summary>
    internal ItsResult Probe()
    {
        // Whatever else may be there would be written to.
        uint architecture = (_registers.GitsPidr2.Read().Byte >> 4) & 0xF;
        if (architecture is not (GicV3 or GicV4))
        {
            return Fail(GicIts.Offsets.GitsPidr2, ItsResult.Unsupported);
        }

        GicIts.GitsCtlr quiescent = default(GicIts.GitsCtlr) with { Quiescent = true };
        _registers.GitsCtlr.Modify(_registers.GitsCtlr.Read() with { Enabled = false });
        if (!_registers.GitsCtlr.TryWait(in _clock, quiescent.Value, quiescent.Value, Patience, 0))
        {
            return Fail(GicIts.Offsets.GitsCtlr, ItsResult.Timeout);
        }

        GicIts.GitsTyper type = _registers.GitsTyper.Read();
        if (type.Value == ulong.MaxValue || !type.Physical || type.IdBits < 7 || type.DevBits + 1 < _deviceBits)
        {
            return Fail(GicIts.Offsets.GitsTyper, ItsResult.Unsupported);
        }

        if (!_redistributor.GicrTyper.Read().Plpis)
        {
            return FailRedistributor(GicRedistributor.Offsets.GicrTyper, ItsResult.Unsupported);
        }

        return CloseInterrupts();
    }

    /// <summary>Takes memory and gives the service its tables and its queue.</summary>
    internal ItsResult SetUp(ref PagePool<TMemory> pool)
    {
        if (!pool.TryAllocate(LpiTables<TMemory>.ConfigurationPages, out MachineAddress configuration))
        {
            return ItsResult.OutOfMemory;
        }

        Interrupts = new LpiTables<TMemory>(_memory, configuration, default);
        if (!pool.TryAllocate(LpiTables<TMemory>.PendingPages, out MachineAddress pending))
        {
            return ItsResult.OutOfMemory;
        }

        Interrupts = new LpiTables<TMemory>(_memory, configuration, pending);
        if (!pool.TryAllocate(Devices, out MachineAddress events))
        {
            return ItsResult.OutOfMemory;
        }

        EventTables = events;
        if (!pool.TryAllocate(1, out _commands))
        {
            return ItsResult.OutOfMemory;
        }

        for (uint table = 0; table < TableCount; table++)
        {
            ItsResult set = SetTable(table, ref pool);
            if (set != ItsResult.Done)
            {
                return set;
            }
        }

        if (_collectionPages == 0 && _registers.GitsTyper.Read().Hcc == 0)
        {
            // Neither memory nor the service itself would hold where interrupts go.
            return Fail(GicIts.Offsets.GitsTyper, ItsResult.Unsupported);
        }

        GicIts.GitsCbaser wanted = default(GicIts.GitsCbaser) with
        {
            Valid = true,
            PhysicalAddress = _commands.Value >> 12,
            InnerCache = InnerCache,
            Shareability = Shareability,
        };
        _registers.GitsCbaser.Write(wanted);
        GicIts.GitsCbaser kept = _registers.GitsCbaser.Read();
        if (kept.Shareability == 0 && Shareability != 0)
        {
            // It does not snoop, so it must not look into caches of its own either; memory is cleaned before anything is linked.
            _registers.GitsCbaser.Write(wanted with { InnerCache = Uncached, Shareability = 0 });
            kept = _registers.GitsCbaser.Read();
        }

        if (!kept.Valid || kept.PhysicalAddress != _commands.Value >> 12 || kept.Size != 0)
        {
            return Fail(GicIts.Offsets.GitsCbaser, ItsResult.NotKept);
        }

        _registers.GitsCwriter.Write(default);
        return ItsResult.Done;
    }

    /// <summary>The queue; the service must be set up.</summary>
    internal readonly ItsCommandQueue<TBus, TMemory, TClock> Queue() =>
        new(_registers, _memory, _clock, Patience, _commands, Target);

    /// <summary>The redistributor, as commands name it: its number or its address.</summary>
    internal readonly ulong Target => _registers.GitsTyper.Read().Pta
        ? _redistributorAddress.Value & 0x000F_FFFF_FFFF_0000
        : (ulong)_redistributor.GicrTyper.Read().ProcessorNumber << 16;

    /// <summary>The service takes commands and translates.</summary>
    internal ItsResult SwitchOn()
    {
        _registers.GitsCtlr.Modify(_registers.GitsCtlr.Read() with { Enabled = true });
        return _registers.GitsCtlr.Read().Enabled ? ItsResult.Done : Fail(GicIts.Offsets.GitsCtlr, ItsResult.NotKept);
    }

    /// <summary>The redistributor has the tables and delivers.</summary>
    internal ItsResult OpenInterrupts()
    {
        ItsResult opened = Interrupts.Open(_redistributor, in _clock, Patience, _options.IsCoherent, out uint failed);
        _isReading = true;
        return opened == ItsResult.Done ? opened : FailRedistributor(failed, opened);
    }

    /// <summary>Notes that the queue made no progress.</summary>
    internal ItsResult FailQueue(ItsResult result) => Fail(GicIts.Offsets.GitsCreadr, result);

    /// <summary>Switches both off and gives back the memory that nobody reads any more.</summary>
    internal ItsResult ShutDown(ref PagePool<TMemory> pool)
    {
        ItsRegister failed = Failed;
        GicIts.GitsCtlr quiescent = default(GicIts.GitsCtlr) with { Quiescent = true };
        _registers.GitsCtlr.Modify(_registers.GitsCtlr.Read() with { Enabled = false });
        if (!_registers.GitsCtlr.TryWait(in _clock, (quiescent with { Enabled = true }).Value, quiescent.Value, Patience, 0))
        {
            return Fail(GicIts.Offsets.GitsCtlr, ItsResult.Timeout);
        }

        // What points at memory goes before the memory.
        _registers.GitsCbaser.Write(default);
        for (uint table = 0; table < TableCount; table++)
        {
            Clear(table);
        }

        Free(ref pool, EventTables, Devices);
        Free(ref pool, _commands, 1);
        Free(ref pool, _deviceTable, _devicePages);
        Free(ref pool, _collectionTable, _collectionPages);
        ItsResult closed = _isReading ? CloseInterrupts() : ItsResult.Done;
        if (closed == ItsResult.Done)
        {
            Free(ref pool, Interrupts.Configuration, LpiTables<TMemory>.ConfigurationPages);
            Free(ref pool, Interrupts.Pending, LpiTables<TMemory>.PendingPages);
            Failed = failed;
        }

        return closed;
    }

    private readonly uint InnerCache => _options.IsCoherent ? 7u : Uncached;

    private readonly uint Shareability => _options.IsCoherent ? 1u : 0;

    private static void Free(ref PagePool<TMemory> pool, MachineAddress start, uint pages)
    {
        if (start.Value != 0)
        {
            _ = pool.TryFree(start, pages);
        }
    }

    private ItsResult CloseInterrupts()
    {
        GicRedistributor.GicrCtlr control = _redistributor.GicrCtlr.Read();
        if (!control.EnableLpis)
        {
            return ItsResult.Done;
        }

        if (!control.Ces)
        {
            // For good: whoever switched them on has the tables.
            return FailRedistributor(GicRedistributor.Offsets.GicrCtlr, ItsResult.Unsupported);
        }

        _redistributor.GicrCtlr.Modify(control with { EnableLpis = false });
        ulong bits = (default(GicRedistributor.GicrCtlr) with { EnableLpis = true, Rwp = true }).Value;
        return _redistributor.GicrCtlr.TryWait(in _clock, bits, 0, Patience, 0)
            ? ItsResult.Done
            : FailRedistributor(GicRedistributor.Offsets.GicrCtlr, ItsResult.Timeout);
    }

    private readonly void Clear(uint table)
    {
        if (_registers.GitsBaser.TryIndex(table, out RegisterIndex<GicIts.GitsBaser> index) && _registers.GitsBaser[index].Read().Valid)
        {
            _registers.GitsBaser[index].Write(default);
        }
    }

    private ItsResult SetTable(uint table, ref PagePool<TMemory> pool)
    {
        _ = _registers.GitsBaser.TryIndex(table, out RegisterIndex<GicIts.GitsBaser> index);
        Register<TBus, GicIts.GitsBaser> register = _registers.GitsBaser[index];
        GicIts.GitsBaser found = register.Read();
        bool isDevices = found.Type == GicIts.GitsBaserType.Devices;
        if (!isDevices && found.Type != GicIts.GitsBaserType.Collections)
        {
            return ItsResult.Done;
        }

        // The pages of the table have the size that it keeps when the smallest is asked for.
        GicIts.GitsBaser wanted = default(GicIts.GitsBaser) with { InnerCache = InnerCache, Shareability = Shareability };
        register.Write(wanted);
        GicIts.GitsBaserPageSize size = register.Read().PageSize;
        int shift = 2 * (int)size;
        ulong entries = isDevices ? 1UL << _deviceBits : 1;
        uint pages = 1u << shift;
        while (pages * PagePool<TMemory>.PageBytes < entries * (found.EntrySize + 1))
        {
            pages *= 2;
        }

        if ((pages >> shift) > 256)
        {
            return Fail(GicIts.Offsets.GitsBaser + (table * 8), ItsResult.Unsupported);
        }

        if (!pool.TryAllocate(pages, out MachineAddress start))
        {
            return ItsResult.OutOfMemory;
        }

        if (isDevices)
        {
            _deviceTable = start;
            _devicePages = pages;
        }
        else
        {
            _collectionTable = start;
            _collectionPages = pages;
        }

        wanted = wanted with { Valid = true, PageSize = size, PhysicalAddress = start.Value >> 12, Size = (pages >> shift) - 1 };
        register.Write(wanted);
        GicIts.GitsBaser kept = register.Read();
        if (kept.Shareability == 0 && wanted.Shareability != 0)
        {
            wanted = wanted with { InnerCache = Uncached, Shareability = 0 };
            register.Write(wanted);
            kept = register.Read();
        }

        bool same = kept.Valid && !kept.Indirect && kept.PageSize == size && kept.PhysicalAddress == wanted.PhysicalAddress && kept.Size == wanted.Size;
        return same ? ItsResult.Done : Fail(GicIts.Offsets.GitsBaser + (table * 8), ItsResult.NotKept);
    }

    private ItsResult Fail(uint offset, ItsResult result)
    {
        Failed = new ItsRegister(false, offset);
        return result;
    }

    private ItsResult FailRedistributor(uint offset, ItsResult result)
    {
        Failed = new ItsRegister(true, offset);
        return result;
    }
}
