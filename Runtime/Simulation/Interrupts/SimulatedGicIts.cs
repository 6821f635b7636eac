using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Simulation.Blocks;

namespace Sluice.Simulation.Interrupts;

/// <summary>
/// A GICv3 translation service: takes commands from its queue in the machine's memory, keeps its entries for events in the tables that it was given, and turns a
/// message into an interrupt only by the table of the device that sent it.
/// </summary>
/// <remarks>Source: Arm IHI 0069, chapter 5. The form of an entry is this model's own.</remarks>
public sealed class SimulatedGicIts : IStreamDevice
{
    /// <summary>Bytes of its registers.</summary>
    public const ulong SizeBytes = 0x2_0000;

    private const ulong CommandBytes = 32;
    private const uint DeviceEntryBytes = 8;

    private readonly SimulatedMachine _machine;
    private readonly SimulatedRedistributor _redistributor;
    private readonly ulong _target;
    private readonly SimulatedItsOptions _options;
    private readonly HashSet<ushort> _collections = [];
    private readonly Dictionary<uint, (ulong Table, int Bits)> _devices = [];
    private GicIts.Hardware _registers;

    /// <summary>Makes a service that is off.</summary>
    /// <param name="machine">Whose memory has its tables.</param>
    /// <param name="redistributor">The one redistributor that there is.</param>
    /// <param name="redistributorAddress">Where that is.</param>
    /// <param name="options">Which service.</param>
    public SimulatedGicIts(SimulatedMachine machine, SimulatedRedistributor redistributor, ulong redistributorAddress, SimulatedItsOptions? options = null)
    {
        _machine = machine;
        _redistributor = redistributor;
        _options = options ?? new SimulatedItsOptions();
        _registers.Reset(ResetKind.PowerOn);
        _registers.GitsTyper = _registers.GitsTyper with { Physical = _options.Physical, DevBits = _options.DeviceBits - 1, Pta = _options.TargetsAreAddresses, Hcc = _options.OwnCollections };
        _registers.GitsPidr2 = new GicIts.GitsPidr2((_options.Architecture << 4) | 0xB);
        _registers.SetGitsBaser(0, Unused(_options.HasDeviceTable ? GicIts.GitsBaserType.Devices : GicIts.GitsBaserType.None));
        _registers.SetGitsBaser(1, Unused(_options.HasCollectionTable ? GicIts.GitsBaserType.Collections : GicIts.GitsBaserType.None));
        GicRedistributor.GicrTyper type = new(redistributor.Read(GicRedistributor.Offsets.GicrTyper, AccessWidth.DoubleWord));
        _target = _options.TargetsAreAddresses ? redistributorAddress & 0x000F_FFFF_FFFF_0000 : (ulong)type.ProcessorNumber << 16;
    }

    /// <summary>Whether it has stopped taking commands.</summary>
    public bool Hangs { get; set; }

    /// <summary>Whether it cannot read its queue.</summary>
    public bool FetchFails { get; set; }

    /// <summary>Called before each command is taken, with its first word.</summary>
    public Action<ulong>? Commanded { get; set; }

    /// <summary>Which commands it calls wrong, by their first word, beside those that are.</summary>
    public Func<ulong, bool>? Refuses { get; set; }

    /// <summary>Which registers, by offset, lose what is written to them.</summary>
    public Func<uint, bool>? Loses { get; set; }

    /// <summary>Messages that meant nothing: of a device that is not mapped, or an event that is not.</summary>
    public int Dropped { get; private set; }

    /// <summary>Commands that were wrong.</summary>
    public int WrongCommands { get; private set; }

    /// <summary>Registers that point at memory and are valid: tables, and the queue.</summary>
    public int ValidTables
    {
        get
        {
            int valid = _registers.GitsCbaser.Valid ? 1 : 0;
            for (uint table = 0; table < 8; table++)
            {
                valid += _registers.GetGitsBaser(table).Valid ? 1 : 0;
            }

            return valid;
        }
    }

    /// <summary>What the queue's register says of caches: shareability and inner cacheability.</summary>
    public (uint Shareability, uint InnerCache) QueueAttributes => (_registers.GitsCbaser.Shareability, _registers.GitsCbaser.InnerCache);

    /// <summary>Devices that are mapped.</summary>
    public int MappedDevices => _devices.Count;

    /// <inheritdoc/>
    public ulong Read(ulong offset, AccessWidth width)
    {
        if (_options.Lazy && offset == GicIts.Offsets.GitsCreadr)
        {
            _ = TakeCommand();
        }

        _registers.Read((uint)offset, width, out ulong value);
        return value;
    }

    /// <inheritdoc/>
    public void Write(ulong offset, AccessWidth width, ulong value)
    {
        uint register = (uint)offset;
        bool isOn = _registers.GitsCtlr.Enabled;
        bool isTable = register is GicIts.Offsets.GitsCbaser or (>= GicIts.Offsets.GitsBaser and < GicIts.Offsets.GitsBaser + 64);
        if (Loses?.Invoke(register) == true || (isTable && isOn) || register == GicIts.Offsets.GitsTranslater)
        {
            return;
        }

        _registers.Write(register, width, new GuestValue(value));
        if (register is GicIts.Offsets.GitsBaser or GicIts.Offsets.GitsBaser + 8 && _options.LargePages)
        {
            uint table = (register - GicIts.Offsets.GitsBaser) / 8;
            _registers.SetGitsBaser(table, _registers.GetGitsBaser(table) with { PageSize = GicIts.GitsBaserPageSize.Kib64 });
        }

        if (!_options.Snoops && isTable)
        {
            NoSnooping(register);
        }

        switch (register)
        {
            case GicIts.Offsets.GitsCtlr:
                _registers.GitsCtlr = _registers.GitsCtlr with { Quiescent = !_registers.GitsCtlr.Enabled && !Hangs };
                break;
            case GicIts.Offsets.GitsCbaser:
                _registers.GitsCreadr = default;
                break;
            case GicIts.Offsets.GitsCwriter when (value & 1) != 0:
                _registers.GitsCreadr = _registers.GitsCreadr with { Stalled = false };
                break;
            default:
                break;
        }

        while (!_options.Lazy && register is GicIts.Offsets.GitsCwriter or GicIts.Offsets.GitsCtlr && TakeCommand())
        {
        }
    }

    /// <inheritdoc/>
    public void Write(uint stream, ulong offset, AccessWidth width, ulong value)
    {
        if (offset == GicIts.Offsets.GitsTranslater && _registers.GitsCtlr.Enabled)
        {
            if (TryFind(stream, (uint)value, out ulong entry) && TryInterrupt(entry, out uint interrupt))
            {
                _redistributor.Raise(interrupt);
            }
            else
            {
                Dropped++;
            }
        }
    }

    private static GicIts.GitsBaser Unused(GicIts.GitsBaserType type) => default(GicIts.GitsBaser) with { Type = type, EntrySize = DeviceEntryBytes - 1 };

    private void NoSnooping(uint register)
    {
        if (register == GicIts.Offsets.GitsCbaser)
        {
            _registers.GitsCbaser = _registers.GitsCbaser with { Shareability = 0 };
        }
        else
        {
            uint table = (register - GicIts.Offsets.GitsBaser) / 8;
            _registers.SetGitsBaser(table, _registers.GetGitsBaser(table) with { Shareability = 0 });
        }
    }

    private bool TakeCommand()
    {
        GicIts.GitsCbaser queue = _registers.GitsCbaser;
        GicIts.GitsCreadr state = _registers.GitsCreadr;
        uint written = _registers.GitsCwriter.Offset;
        uint entries = (queue.Size + 1) * 128;
        if (Hangs || !queue.Valid || !_registers.GitsCtlr.Enabled || state.Stalled || state.Offset == written)
        {
            return false;
        }

        ulong address = (queue.PhysicalAddress << 12) + (state.Offset * CommandBytes);
        if (FetchFails || !_machine.Memory.Contains(address, CommandBytes))
        {
            _registers.GitsCreadr = state with { Stalled = true };
            return false;
        }

        ReadOnlySpan<byte> words = _machine.Memory.Uncached(address, (int)CommandBytes);
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(words);
        Commanded?.Invoke(first);
        if (Hangs)
        {
            return false;
        }

        bool right = Refuses?.Invoke(first) != true
            && TryExecute(first, BinaryPrimitives.ReadUInt64LittleEndian(words[8..]), BinaryPrimitives.ReadUInt64LittleEndian(words[16..]));
        WrongCommands += right ? 0 : 1;
        if (!right && _options.Stalls)
        {
            _registers.GitsCreadr = state with { Stalled = true };
            return false;
        }

        _registers.GitsCreadr = state with { Offset = state.Offset + 1 == entries ? 0 : state.Offset + 1 };
        return true;
    }

    private bool TryExecute(ulong first, ulong second, ulong third)
    {
        uint device = (uint)(first >> 32);
        uint number = (uint)second;
        bool isValid = third >> 63 != 0;
        bool isKnown = TryFind(device, number, out ulong entry);
        uint interrupt = 0;
        bool isMapped = isKnown && TryInterrupt(entry, out interrupt);
        switch (first & 0xFF)
        {
            case 0x05:
                return (third & 0x000F_FFFF_FFFF_0000) == _target;
            case 0x08:
                return TryMapDevice(device, (int)(second & 0x1F) + 1, third & 0x000F_FFFF_FFFF_FF00, isValid);
            case 0x09 when !isValid:
                _collections.Remove((ushort)third);
                return true;
            case 0x09:
                return (third & 0x000F_FFFF_FFFF_0000) == _target && (_registers.GetGitsBaser(1).Valid || (ushort)third < _options.OwnCollections) && _collections.Add((ushort)third);
            case 0x0A:
                return _collections.Contains((ushort)third) && isKnown && Put(entry, (second >> 32) | (1UL << 63));
            case 0x0C when isMapped:
                _redistributor.Forget(interrupt);
                return true;
            case 0x0D when _collections.Contains((ushort)third):
                _redistributor.Forget(null);
                return true;
            case 0x0F when isMapped:
                _redistributor.Clear(interrupt);
                return Put(entry, 0);
            default:
                return false;
        }
    }

    private bool TryMapDevice(uint device, int bits, ulong table, bool isValid)
    {
        GicIts.GitsBaser baser = _registers.GetGitsBaser(0);
        ulong tableBytes = (baser.Size + 1UL) << (12 + (2 * (int)baser.PageSize));
        bool hasRoom = !_options.HasDeviceTable || (baser.Valid && (device + 1UL) * DeviceEntryBytes <= tableBytes);
        if (!hasRoom || device >> (int)_options.DeviceBits != 0)
        {
            return false;
        }

        if (!isValid)
        {
            return _devices.Remove(device);
        }

        ulong bytes = 12UL << bits;
        bool fits = bits <= 16 && _machine.Memory.Contains(table, bytes);
        if (fits)
        {
            _devices[device] = (table, bits);
        }

        return fits;
    }

    private bool TryFind(uint device, uint number, out ulong entry)
    {
        bool found = _devices.TryGetValue(device, out (ulong Table, int Bits) known) && number >> known.Bits == 0;
        entry = known.Table + (number * 12UL);
        return found;
    }

    private bool TryInterrupt(ulong entry, out uint interrupt)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(_machine.Memory.Uncached(entry, 8));
        interrupt = (uint)value;
        return value >> 63 != 0;
    }

    private bool Put(ulong entry, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_machine.Memory.Uncached(entry, 8), value);
        return true;
    }
}
