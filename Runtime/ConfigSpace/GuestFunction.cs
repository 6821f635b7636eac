using System;
using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// One PCI function as its guest sees it: a config space of which every byte is described or denied, and the pages of its memory that trap. It lives in one place and
/// is never copied while a guest owns it.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TGuest">The guest: its stage 2, its interrupts, its time.</typeparam>
/// <typeparam name="TEntries">Memory for the guest's MSI-X table.</typeparam>
public struct GuestFunction<TBridge, TGuest, TEntries>
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    private const uint HeaderBytes = PciHeader.Guest.SizeBytes;
    private const uint ExtendedOffset = 0x100;

    private PciHeader.Guest _header;
    private PmCapability.Guest _power;
    private MsixCapability.Guest _msix;
    private PcieCapability.Guest _express;
    private CapabilityMap _map;
    private FunctionCore<TBridge, TGuest, TEntries> _core;
    private readonly RequesterId _place;
    private TrapCounts _counts;

    /// <summary>Makes the guest's view of a function that the host has probed, placed and silenced.</summary>
    /// <param name="host">The function.</param>
    /// <param name="guest">Whose it becomes.</param>
    /// <param name="windows">Where the guest may place the function's memory.</param>
    /// <param name="place">Where the guest sees the function: who sends its messages to the guest's MSI controller.</param>
    /// <param name="entries">Memory for the guest's MSI-X table: at least as many entries as there are vectors.</param>
    /// <param name="vectors">The physical vectors, one an MSI-X entry; the guest's table has as many. None hides MSI-X.</param>
    /// <param name="first">The host's message of the first vector.</param>
    public GuestFunction(
        HostFunction<TBridge> host,
        TGuest guest,
        GuestMemoryWindows windows,
        RequesterId place,
        TEntries entries,
        VectorBlock vectors,
        MsiMessage first)
    {
        _core = new FunctionCore<TBridge, TGuest, TEntries>(host, guest, windows, new MsixVectors<TEntries>(entries, place, vectors, first));
        _place = place;
        Describe();
    }

    /// <summary>How often each register was accessed.</summary>
    [UnscopedRef]
    public readonly ref readonly TrapCounts Counts => ref _counts;

    /// <summary>Messages that became the guest's interrupts.</summary>
    public readonly uint Delivered => _core.Vectors.Delivered;

    /// <summary>Messages that came while MSI-X was off, or whose meaning the guest had set to none of its interrupts.</summary>
    public readonly uint Dropped => _core.Vectors.Dropped;

    /// <summary>Times that the guest turned decoding on and was refused.</summary>
    public readonly uint RefusedMappings => _core.RefusedMappings;

    /// <summary>Pages of the function's memory that are mapped for the guest now.</summary>
    public readonly ulong MappedPages => _core.Mapping.MappedPages;

    /// <summary>Whether the function decodes, and so its memory is where the guest put it.</summary>
    public readonly bool IsDecoding => _core.Mapping.IsActive;

    /// <summary>The physical vectors, one an MSI-X entry.</summary>
    public readonly VectorBlock Vectors => _core.Vectors.Vectors;

    /// <summary>Whether the host gave the function up, because it could not unmap its memory or not reset it: it neither decodes nor masters any more.</summary>
    public readonly bool IsBroken => _core.Mapping.IsBroken;

    /// <summary>The host's side of the function.</summary>
    [UnscopedRef]
    public readonly ref readonly HostFunction<TBridge> Host => ref _core.Host;

    /// <summary>The guest's interrupt pin: 1 to 4 for INTA to INTD; 0 when the guest has none.</summary>
    public readonly uint IntxPin => _core.Intx.Pin;

    /// <summary>The machine's INTx line that the pin drives; meaningful when there is a pin.</summary>
    public readonly uint IntxLine => _core.Intx.Line;

    /// <summary>Whether the guest sees the pin asserted.</summary>
    public readonly bool AssertsIntx => _core.Intx.IsAsserted;

    /// <summary>
    /// Gives the guest the function's interrupt pin, before the guest runs. Without it the guest sees no pin, and the function cannot assert its own. Whoever gives it has taken the line
    /// for the guest (<see cref="IntxLines{TController}.TryTake"/>).
    /// </summary>
    /// <param name="line">The machine's line that the pin drives.</param>
    /// <returns>Whether the function has a pin, and one that can be closed: without the disable bit of PCI 2.3 nobody could ask it whether it asserts.</returns>
    public bool TryProvideIntx(uint line)
    {
        PciHeader.Registers<FunctionConfig<TBridge>> header = _core.Host.Header;
        uint pin = header.InterruptPin.Read().Value;
        if (pin is 0 or > GuestIntx.Wires || !header.Command.Read().IntxDisable)
        {
            return false;
        }

        _core.ProvideIntx(_place, pin, line);
        _header.InterruptPin = new PciHeader.InterruptPin((byte)pin);
        _header.Command = _core.Follow(ref _header, _header.Command);
        return true;
    }

    /// <summary>Asks the function whether it asserts its pin, and shows the guest so: when its line has fired, and when the guest has ended the interrupt.</summary>
    /// <returns>Whether the guest sees it asserted.</returns>
    [TrapPath]
    public bool SampleIntx() => IntxPin != 0 && _core.SampleIntx(_header.Command);

    /// <summary>The guest's header as it is stored, without any effect: for traces and tests.</summary>
    public readonly uint PeekHeader(uint offset) => _header.Peek(offset);

    /// <summary>Reads lanes of one word of config space.</summary>
    /// <param name="offset">Byte offset of the word, below 4096; a multiple of four.</param>
    /// <param name="lanes">The bytes that are read.</param>
    /// <param name="value">The word. Bytes outside the lanes are not meaningful.</param>
    /// <returns>Denied when any of the bytes is.</returns>
    [TrapPath]
    public AccessResult ReadConfig(uint offset, Lanes lanes, out uint value)
    {
        AccessResult result = offset < HeaderBytes ? ReadHeader(offset, lanes, out value) : ReadCapability(offset, lanes, out value);
        Count(offset, lanes, result);
        return result;
    }

    /// <summary>Writes lanes of one word of config space.</summary>
    /// <param name="offset">Byte offset of the word, below 4096; a multiple of four.</param>
    /// <param name="lanes">The bytes that are written.</param>
    /// <param name="value">What is written, in its lanes.</param>
    /// <returns>Denied when any of the bytes is.</returns>
    [TrapPath]
    public AccessResult WriteConfig(uint offset, Lanes lanes, GuestValue value)
    {
        AccessResult result = offset < HeaderBytes ? WriteHeader(offset, lanes, value) : WriteCapability(offset, lanes, value);
        Count(offset, lanes, result);
        if (_core.WantsReset)
        {
            Reset();
        }

        return result;
    }

    /// <summary>Whether the guest has the function's memory at an address.</summary>
    /// <param name="address">The guest's address.</param>
    /// <param name="width">How much of it is meant.</param>
    /// <param name="bar">Which BAR.</param>
    /// <param name="offset">Byte offset in it.</param>
    [Sanitizes]
    public readonly bool TryFind(GuestAddress address, AccessWidth width, out uint bar, out ulong offset)
        => _core.TryFind(address, (ulong)width, out bar, out offset);

    /// <summary>Reads the function's memory on a page that traps.</summary>
    /// <param name="bar">Which BAR, as <see cref="TryFind"/> gave it.</param>
    /// <param name="offset">Byte offset in it, as <see cref="TryFind"/> gave it.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    /// <returns>Denied when any byte is.</returns>
    [TrapPath]
    public AccessResult ReadMemory(uint bar, ulong offset, AccessWidth width, out ulong value)
    {
        ref readonly MsixLayout layout = ref _core.Host.Msix;
        if ((offset & ((ulong)width - 1)) != 0)
        {
            return ReadBytes(bar, offset, width, out value);
        }

        AccessResult result = AccessResult.Done;
        if (layout.InTable(bar, offset))
        {
            _counts.CountTable((uint)(offset - layout.TableOffset));
            result = ReadTable((uint)(offset - layout.TableOffset), width, out value);
        }
        else if (layout.InPending(bar, offset))
        {
            _counts.CountPending();
            result = ReadPending(offset - layout.PendingOffset, bar, offset, width, out value);
        }
        else
        {
            _counts.CountNeighbour();
            value = _core.Host.Config.Bridge.ReadMemory(_core.Host.MemoryAddress(bar, offset), width);
        }

        value &= Ones(width);
        CountDenied(result);
        return result;
    }

    /// <summary>Writes the function's memory on a page that traps.</summary>
    /// <param name="bar">Which BAR, as <see cref="TryFind"/> gave it.</param>
    /// <param name="offset">Byte offset in it, as <see cref="TryFind"/> gave it.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <returns>Denied when any byte is.</returns>
    [TrapPath]
    public AccessResult WriteMemory(uint bar, ulong offset, AccessWidth width, GuestValue value)
    {
        ref readonly MsixLayout layout = ref _core.Host.Msix;
        if ((offset & ((ulong)width - 1)) != 0)
        {
            return WriteBytes(bar, offset, width, value);
        }

        AccessResult result = AccessResult.Done;
        if (layout.InTable(bar, offset))
        {
            _counts.CountTable((uint)(offset - layout.TableOffset));
            result = WriteTable((uint)(offset - layout.TableOffset), width, value);
        }
        else if (layout.InPending(bar, offset))
        {
            _counts.CountPending();
            result = AccessResult.Denied;
        }
        else
        {
            _counts.CountNeighbour();
            _core.Host.Config.Bridge.WriteMemory(_core.Host.MemoryAddress(bar, offset), width, value.Mask(Ones(width)));
        }

        CountDenied(result);
        return result;
    }

    /// <summary>Takes a physical message for the function.</summary>
    /// <param name="vector">The controller's vector.</param>
    /// <returns>Whether the vector is one of the function's.</returns>
    [TrapPath]
    public bool Deliver(uint vector)
    {
        bool owns = Vectors.TryIndex(vector, out uint entry);
        if (owns)
        {
            _core.Deliver(entry);
        }

        return owns;
    }

    /// <summary>Tells how often each register of the function was accessed.</summary>
    /// <typeparam name="TVisitor">Who is told.</typeparam>
    /// <param name="visitor">Who is told.</param>
    public readonly void VisitTraps<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ITrapVisitor
    {
        ref readonly HostFunction<TBridge> host = ref _core.Host;
        TrapTally.Visit<PciHeader.Guest.Tables, TVisitor>(in _counts, 0, HeaderBytes, "config"u8, ref visitor);
        uint denied = 0;
        for (uint offset = HeaderBytes; offset < CapabilityMap.SizeBytes; offset += 4)
        {
            switch (_map[offset])
            {
                case GuestCapability.Power when offset == host.PowerOffset:
                    TrapTally.Visit<PmCapability.Guest.Tables, TVisitor>(in _counts, offset, ExtentOf(offset), "pm"u8, ref visitor);
                    break;
                case GuestCapability.Msix when offset == host.MsixOffset:
                    TrapTally.Visit<MsixCapability.Guest.Tables, TVisitor>(in _counts, offset, ExtentOf(offset), "msix"u8, ref visitor);
                    break;
                case GuestCapability.Express when offset == host.ExpressOffset:
                    TrapTally.Visit<PcieCapability.Guest.Tables, TVisitor>(in _counts, offset, ExtentOf(offset), "pcie"u8, ref visitor);
                    break;
                case GuestCapability.None:
                    denied += _counts.At(offset) + _counts.At(offset + 1) + _counts.At(offset + 2) + _counts.At(offset + 3);
                    break;
                default:
                    break;
            }
        }

        Tell(ref visitor, "config"u8, "not described"u8, denied);
        Tell(ref visitor, "config"u8, "extended"u8, _counts.Extended);
        VisitTable(ref visitor);
        Tell(ref visitor, "memory"u8, "MSI-X pending bits"u8, _counts.Pending);
        Tell(ref visitor, "memory"u8, "beside the MSI-X table"u8, _counts.Neighbours);
    }

    /// <summary>Resets the function as the guest may ask for it (FLR), and the guest's registers with it.</summary>
    public void Reset()
    {
        // A function that could not be reset has given its memory up, and stays without it: the guest sees it reset either way.
        _ = _core.TryReset();
        Forget();
        if (IntxPin != 0)
        {
            // The reset closed the pin in hardware; the guest's register says that it is open again.
            _header.Command = _core.Follow(ref _header, _header.Command);
        }
    }

    /// <summary>Stops the function from mastering the bus; its memory stays where it is.</summary>
    public void StopMastering() => _core.StopMastering();

    /// <summary>Stops the function's messages: while its table can be reached all of its entries are masked, and it is told to send none.</summary>
    public void StopInterrupts() => _core.StopInterrupts();

    /// <summary>Stops the function and takes its memory from the guest, for good.</summary>
    /// <returns>Whether it is certain that the guest does not reach it any more.</returns>
    public bool TryStop() => _core.TryStop();

    private static ulong Ones(AccessWidth width) => ulong.MaxValue >> (64 - ((int)width * 8));

    private static void Tell<TVisitor>(ref TVisitor visitor, ReadOnlySpan<byte> block, ReadOnlySpan<byte> register, uint count)
        where TVisitor : struct, ITrapVisitor
    {
        if (count != 0)
        {
            visitor.Visit(block, register, count);
        }
    }

    private readonly void VisitTable<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ITrapVisitor
    {
        for (uint offset = 0; offset < MsixEntry.SizeBytes; offset += sizeof(uint))
        {
            int register = RegisterNames.Find<MsixEntry.Guest.Tables>(offset, out _);
            Tell(ref visitor, "msix-entry"u8, RegisterNames.Name<MsixEntry.Guest.Tables>(register), _counts.AtEntry(offset));
        }
    }

    private readonly uint ExtentOf(uint offset)
    {
        uint end = offset;
        while (_map[end] == _map[offset] && end - offset < _core.Host.RoomFor(offset))
        {
            end += 4;
        }

        return end - offset;
    }

    private AccessResult ReadHeader(uint offset, Lanes lanes, out uint value)
    {
        _core.BlockOffset = 0;
        return _header.ReadWord(offset, lanes, ref _core, out value);
    }

    private AccessResult WriteHeader(uint offset, Lanes lanes, GuestValue value)
    {
        _core.BlockOffset = 0;
        return _header.WriteWord(offset, lanes, value, ref _core);
    }

    private AccessResult ReadCapability(uint offset, Lanes lanes, out uint value)
    {
        ref readonly HostFunction<TBridge> host = ref _core.Host;
        switch (_map[offset])
        {
            case GuestCapability.Power:
                return _power.ReadWord(offset - host.PowerOffset, lanes, ref _core, out value);
            case GuestCapability.Msix:
                return _msix.ReadWord(offset - host.MsixOffset, lanes, ref _core, out value);
            case GuestCapability.Express:
                _core.BlockOffset = host.ExpressOffset;
                return _express.ReadWord(offset - host.ExpressOffset, lanes, ref _core, out value);
            default:
                // An express function has extended space; that it holds nothing is said by a zero at its beginning.
                bool isEmptyList = offset == ExtendedOffset && host.ExpressOffset != 0;
                value = isEmptyList ? 0 : uint.MaxValue;
                return isEmptyList ? AccessResult.Done : AccessResult.Denied;
        }
    }

    private AccessResult WriteCapability(uint offset, Lanes lanes, GuestValue value)
    {
        ref readonly HostFunction<TBridge> host = ref _core.Host;
        switch (_map[offset])
        {
            case GuestCapability.Power:
                AccessResult result = _power.WriteWord(offset - host.PowerOffset, lanes, value, ref _core);
                _header.Command = _core.Follow(ref _header, _header.Command);
                return result;
            case GuestCapability.Msix:
                result = _msix.WriteWord(offset - host.MsixOffset, lanes, value, ref _core);
                _header.Command = _core.Follow(ref _header, _header.Command);
                return result;
            case GuestCapability.Express:
                _core.BlockOffset = host.ExpressOffset;
                return _express.WriteWord(offset - host.ExpressOffset, lanes, value, ref _core);
            default:
                return offset == ExtendedOffset && host.ExpressOffset != 0 ? AccessResult.Done : AccessResult.Denied;
        }
    }

    private readonly AccessResult ReadTable(uint offset, AccessWidth width, out ulong value)
    {
        value = ulong.MaxValue;
        uint entry = offset / MsixLayout.EntryBytes;
        return width >= AccessWidth.Word && entry < Vectors.Count
            ? _core.ReadTable(entry, offset % MsixLayout.EntryBytes, width, out value)
            : AccessResult.Denied;
    }

    private AccessResult WriteTable(uint offset, AccessWidth width, GuestValue value)
    {
        uint entry = offset / MsixLayout.EntryBytes;
        return width >= AccessWidth.Word && entry < Vectors.Count
            ? _core.WriteTable(entry, offset % MsixLayout.EntryBytes, width, value)
            : AccessResult.Denied;
    }

    private readonly AccessResult ReadPending(ulong place, uint bar, ulong offset, AccessWidth width, out ulong value)
    {
        value = ulong.MaxValue;
        if (width < AccessWidth.Word)
        {
            return AccessResult.Denied;
        }

        // What waits in the function, and what has left it and waits here; of entries that the guest has, and no others.
        uint first = (uint)place * 8;
        ulong waiting = _core.Vectors.Pending(first >> 6) >> (int)(first & 63);
        ulong granted = first >= Vectors.Count ? 0 : Vectors.Count - first >= 64 ? ulong.MaxValue : (1UL << (int)(Vectors.Count - first)) - 1;
        value = (waiting | _core.Host.Config.Bridge.ReadMemory(_core.Host.MemoryAddress(bar, offset), width)) & granted;
        return AccessResult.Done;
    }

    private AccessResult ReadBytes(uint bar, ulong offset, AccessWidth width, out ulong value)
    {
        AccessResult result = AccessResult.Done;
        value = 0;
        for (uint index = 0; index < (uint)width; index++)
        {
            AccessResult one = ReadMemory(bar, offset + index, AccessWidth.Byte, out ulong part);
            value |= part << (int)(index * 8);
            result = one > result ? one : result;
        }

        return result;
    }

    private AccessResult WriteBytes(uint bar, ulong offset, AccessWidth width, GuestValue value)
    {
        AccessResult result = AccessResult.Done;
        for (uint index = 0; index < (uint)width; index++)
        {
            AccessResult one = WriteMemory(bar, offset + index, AccessWidth.Byte, new GuestValue(value.Untrusted >> (int)(index * 8)));
            result = one > result ? one : result;
        }

        return result;
    }

    private void Count(uint offset, Lanes lanes, AccessResult result)
    {
        uint bits = lanes.Bits;
        uint first = (bits & 1) != 0 ? 0u : (bits & 2) != 0 ? 1u : (bits & 4) != 0 ? 2u : 3u;
        _counts.CountConfig(offset + first);
        CountDenied(result);
    }

    private void CountDenied(AccessResult result)
    {
        if (result != AccessResult.Done)
        {
            _counts.CountDenied();
        }
    }

    // What is copied here is the hardware's, and is asked for once; what the guest may not know, or may not have, is left out.
    private void Describe()
    {
        ref readonly HostFunction<TBridge> host = ref _core.Host;
        PciHeader.Registers<FunctionConfig<TBridge>> header = host.Header;
        _header.Reset(ResetKind.PowerOn);
        _header.VendorId = header.VendorId.Read();
        _header.DeviceId = header.DeviceId.Read();
        _header.RevisionId = header.RevisionId.Read();
        _header.ClassProg = header.ClassProg.Read();
        _header.ClassDevice = header.ClassDevice.Read();
        _header.SubsystemVendorId = header.SubsystemVendorId.Read();
        _header.SubsystemId = header.SubsystemId.Read();
        for (uint bar = 0; bar < HostBars.Count; bar++)
        {
            _core.WriteBar(ref _header, bar, default, default, Lanes.Word);
        }

        // From the end to the beginning: each capability is told its successor.
        uint next = 0;
        for (int index = HostFunction<TBridge>.KnownCapabilities - 1; index >= 0; index--)
        {
            next = host.CapabilityAt(index) switch
            {
                PmCapability.CapabilityId when host.PowerOffset != 0 => DescribePower(next),
                MsixCapability.CapabilityId when host.MsixOffset != 0 && Vectors.Count != 0 => DescribeMsix(next),
                PcieCapability.CapabilityId when host.ExpressOffset != 0 => DescribeExpress(next),
                _ => next,
            };
        }

        _header.CapabilityList = new PciHeader.CapabilityList((byte)next);
        _core.HasCapabilities = next != 0;
    }

    private uint DescribePower(uint next)
    {
        uint offset = _core.Host.PowerOffset;
        PmCapability.Registers<FunctionConfig<TBridge>> hardware = new(_core.Host.Config, new RegisterAddress(offset));
        _power.Reset(ResetKind.PowerOn);
        _power.CapNext = new PmCapability.CapNext((byte)next);
        _power.Pmc = default(PmCapability.Pmc) with { Version = hardware.Pmc.Read().Version };
        _power.Pmcsr = default(PmCapability.Pmcsr) with { NoSoftReset = true };
        Claim(GuestCapability.Power, offset, PmCapability.Guest.SizeBytes);
        return offset;
    }

    private uint DescribeMsix(uint next)
    {
        uint offset = _core.Host.MsixOffset;
        MsixCapability.Registers<FunctionConfig<TBridge>> hardware = new(_core.Host.Config, new RegisterAddress(offset));
        _msix.Reset(ResetKind.PowerOn);
        _msix.CapNext = new MsixCapability.CapNext((byte)next);
        _msix.MsixFlags = default(MsixCapability.MsixFlags) with { Qsize = Vectors.Count - 1 };
        _msix.MsixTable = hardware.MsixTable.Read();
        _msix.MsixPba = hardware.MsixPba.Read();
        Claim(GuestCapability.Msix, offset, MsixCapability.Guest.SizeBytes);
        return offset;
    }

    private uint DescribeExpress(uint next)
    {
        uint offset = _core.Host.ExpressOffset;
        PcieCapability.Registers<FunctionConfig<TBridge>> hardware = new(_core.Host.Config, new RegisterAddress(offset));
        _express.Reset(ResetKind.PowerOn);
        _express.CapNext = new PcieCapability.CapNext((byte)next);
        _express.ExpFlags = hardware.ExpFlags.Read() with { Irq = 0, Slot = false };
        _express.ExpDevcap = hardware.ExpDevcap.Read() with { Phantom = 0 };
        _express.ExpLnkcap = hardware.ExpLnkcap.Read();
        _express.ExpLnkcap2 = hardware.ExpLnkcap2.Read();
        Claim(GuestCapability.Express, offset, PcieCapability.Guest.SizeBytes);
        return offset;
    }

    private void Claim(GuestCapability capability, uint offset, uint length)
    {
        uint room = _core.Host.RoomFor(offset);
        _map.Claim(capability, offset, room < length ? room : length);
    }

    // After a reset the guest's registers have their reset values; what was copied from the hardware stays as it was copied.
    private void Forget()
    {
        PciHeader.Guest header = _header;
        _header.Reset(ResetKind.PowerOn);
        _header.VendorId = header.VendorId;
        _header.DeviceId = header.DeviceId;
        _header.RevisionId = header.RevisionId;
        _header.ClassProg = header.ClassProg;
        _header.ClassDevice = header.ClassDevice;
        _header.SubsystemVendorId = header.SubsystemVendorId;
        _header.SubsystemId = header.SubsystemId;
        _header.InterruptPin = header.InterruptPin;
        _header.CapabilityList = header.CapabilityList;
        for (uint bar = 0; bar < HostBars.Count; bar++)
        {
            _core.WriteBar(ref _header, bar, default, default, Lanes.Word);
        }

        _power.Pmcsr = default(PmCapability.Pmcsr) with { NoSoftReset = true };
        _msix.MsixFlags = _msix.MsixFlags with { Enable = false, Maskall = false };
        PcieCapability.Guest express = _express;
        _express.Reset(ResetKind.PowerOn);
        _express.CapNext = express.CapNext;
        _express.ExpFlags = express.ExpFlags;
        _express.ExpDevcap = express.ExpDevcap;
        _express.ExpLnkcap = express.ExpLnkcap;
        _express.ExpLnkcap2 = express.ExpLnkcap2;
    }
}
