using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// One PCI function as the host drives it: what was found when it was probed, and the few registers that the host changes while a guest owns it. Nothing that the
/// function says later changes what was found.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
public partial struct HostFunction<TBridge>
    where TBridge : struct, IHostBridge
{
    private const ulong WakeMicroseconds = 10_000;
    private const uint PowerLength = 8;
    private const uint MsixLength = 12;
    private const uint ExpressLength = 0x14;
    private const uint AdvancedFeaturesLength = 8;

    private HostBars _bars;
    private MsixLayout _msix;
    private MsiLayout _msi;
    private PciHeader.Command _command;
    private FoundCapabilities _capabilities;
    private ResetAbilities _resets;
    private uint _accessOffset;
    private ushort _accessEnabled;

    private HostFunction(FunctionConfig<TBridge> config)
    {
        Config = config;
    }

    /// <summary>Its config space.</summary>
    public FunctionConfig<TBridge> Config { get; }

    /// <summary>Its header.</summary>
    public readonly PciHeader.Registers<FunctionConfig<TBridge>> Header => new(Config, new RegisterAddress(0));

    /// <summary>Byte offset of its power management capability; 0 for none.</summary>
    public uint PowerOffset { get; private set; }

    /// <summary>Byte offset of its MSI capability; 0 for none.</summary>
    public uint MsiOffset { get; private set; }

    /// <summary>Byte offset of its MSI-X capability; 0 for none.</summary>
    public uint MsixOffset { get; private set; }

    /// <summary>Byte offset of its PCI Express capability; 0 for none.</summary>
    public uint ExpressOffset { get; private set; }

    /// <summary>Byte offset of its advanced features capability; 0 for none.</summary>
    public uint AdvancedFeaturesOffset { get; private set; }

    /// <summary>Whether it keeps its registers on the way from D3hot to D0; otherwise it resets itself there.</summary>
    public bool KeepsStateAsleep { get; private set; }

    /// <summary>Whether it can be reset alone.</summary>
    public bool CanReset { get; private set; }

    /// <summary>Whether one of its capability lists ends where no list may end; what came before is used.</summary>
    public bool HasMalformedCapabilities { get; private set; }

    /// <summary>Its BARs.</summary>
    [UnscopedRef]
    public readonly ref readonly HostBars Bars => ref _bars;

    /// <summary>Its MSI-X table.</summary>
    [UnscopedRef]
    public readonly ref readonly MsixLayout Msix => ref _msix;

    /// <summary>Its MSI registers.</summary>
    [UnscopedRef]
    public readonly ref readonly MsiLayout Msi => ref _msi;

    /// <summary>Its capabilities in the order of its lists.</summary>
    [UnscopedRef]
    public readonly ref readonly FoundCapabilities Capabilities => ref _capabilities;

    /// <summary>
    /// Looks at a function and silences it: decoding, mastering and every kind of interrupt are off afterwards, and so is what would take its requests past the host
    /// or make more functions of it (address translation, page requests, process ids, virtual functions). A type-0 function only.
    /// </summary>
    /// <param name="bridge">The host bridge.</param>
    /// <param name="id">Which function.</param>
    /// <param name="function">What was found.</param>
    /// <returns>Whether there is a type-0 function.</returns>
    public static bool TryProbe(TBridge bridge, RequesterId id, out HostFunction<TBridge> function)
    {
        function = new HostFunction<TBridge>(new FunctionConfig<TBridge>(bridge, id));
        if (function.Header.VendorId.Read().Value is ushort.MaxValue or 0
            || function.Header.HeaderType.Read().Layout != PciHeader.HeaderTypeLayout.Endpoint)
        {
            return false;
        }

        function._command = function.Header.Command.Read();
        function.WriteCommand(default);
        function.FindCapabilities();
        function.Silence();
        function.CloseShortcuts();
        HostBars.Probe(function.Config, out function._bars);
        function.FindMsix();
        return true;
    }

    /// <summary>How many bytes a capability may take at most: up to the next one, or to the end of conventional config space.</summary>
    /// <param name="offset">Byte offset of a capability that was found.</param>
    public readonly uint RoomFor(uint offset) => _capabilities.RoomFor(offset);

    /// <summary>Gives its memory places.</summary>
    /// <param name="low">Memory below 4 GiB on the PCI side.</param>
    /// <param name="high">Memory for 64-bit prefetchable registers; may be empty.</param>
    /// <returns>Whether all of it has a place.</returns>
    public bool TryPlace(ref MemoryWindow low, ref MemoryWindow high) => HostBars.TryPlace(Config, ref _bars, ref low, ref high);

    /// <summary>Gives its memory the places that it had before.</summary>
    /// <param name="places">Its BARs as they were.</param>
    /// <returns>Whether it has the same BARs as then.</returns>
    public bool TryPlaceAt(ref readonly HostBars places)
    {
        for (int index = 0; index < HostBars.Places; index++)
        {
            if (_bars[index].Kind != places[index].Kind || _bars[index].SizeBytes != places[index].SizeBytes)
            {
                return false;
            }
        }

        _bars = places;
        HostBars.Restore(Config, in _bars);
        return true;
    }

    /// <summary>Takes the places that firmware gave its memory.</summary>
    /// <param name="low">Memory below 4 GiB on the PCI side.</param>
    /// <param name="high">Memory for 64-bit prefetchable registers; may be empty.</param>
    /// <returns>Whether all of it has a place in one of these.</returns>
    public bool TryKeepPlaces(in MemoryWindow low, in MemoryWindow high) => HostBars.TryKeep(Config, ref _bars, in low, in high);

    /// <summary>
    /// Sets what an owner may decide of the command register. The other bits keep the host's value.
    /// </summary>
    /// <param name="wanted">MEMORY, MASTER, SPECIAL, INVALIDATE and VGA_PALETTE count. INTx is off.</param>
    public readonly void WriteCommand(PciHeader.Command wanted) => WriteCommand(wanted, opensIntx: false);

    /// <summary>As <see cref="WriteCommand(PciHeader.Command)"/>, for a function whose interrupt line is its guest's.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="opensIntx">Whether the function may assert its interrupt pin.</param>
    public readonly void WriteCommand(PciHeader.Command wanted, bool opensIntx) => Header.Command.Write(_command with
    {
        Io = false,
        Memory = wanted.Memory,
        Master = wanted.Master,
        Special = wanted.Special,
        Invalidate = wanted.Invalidate,
        VgaPalette = wanted.VgaPalette,
        IntxDisable = !opensIntx,
    });

    /// <summary>Lets the expansion ROM answer while the function decodes, or not.</summary>
    /// <param name="enabled">Whether it answers.</param>
    public readonly void ControlRom(bool enabled)
    {
        ulong place = _bars[HostBars.Rom].PciAddress;
        if (_bars[HostBars.Rom].IsPlaced && place <= uint.MaxValue)
        {
            Header.RomAddress.Write(new PciHeader.RomAddress((uint)place) with { Enable = enabled });
        }
    }

    /// <summary>Sets the control bits of MSI.</summary>
    /// <param name="enabled">Whether the function may send MSI messages.</param>
    /// <param name="count">How many it may send: a power of two.</param>
    public readonly void ControlMsi(bool enabled, uint count)
    {
        if (MsiOffset != 0)
        {
            uint size = 0;
            while ((1u << (int)size) < count)
            {
                size++;
            }

            MsiRegisters.MsiFlags.Write(default(MsiCapability.MsiFlags) with { Enable = enabled, Qsize = size });
        }
    }

    /// <summary>Writes the message of MSI; it must be disabled meanwhile.</summary>
    /// <param name="message">The host's message of the first vector.</param>
    public readonly void WriteMessage(MsiMessage message)
    {
        MsiCapability.Registers<FunctionConfig<TBridge>> registers = MsiRegisters;
        registers.MsiAddressLo.Write(new MsiCapability.MsiAddressLo((uint)message.Address.Value));
        if (_msi.Is64Bit)
        {
            registers.MsiAddressHi.Write(new MsiCapability.MsiAddressHi((uint)(message.Address.Value >> 32)));
            registers.MsiData64.Write(new MsiCapability.MsiData64((ushort)message.Data));
        }
        else
        {
            registers.MsiData32.Write(new MsiCapability.MsiData32((ushort)message.Data));
        }
    }

    /// <summary>Sets the masks of MSI messages, where the function has such.</summary>
    /// <param name="mask">One bit a message, one for masked; bits of messages that the function cannot send must be zero.</param>
    public readonly void MaskMessages(uint mask)
    {
        if (_msi.HasMasks && _msi.Is64Bit)
        {
            MsiRegisters.MsiMask64.Write(new MsiCapability.MsiMask64(mask));
        }
        else if (_msi.HasMasks)
        {
            MsiRegisters.MsiMask32.Write(new MsiCapability.MsiMask32(mask));
        }
    }

    /// <summary>MSI messages that wait in the function behind their masks, one bit a message; what the function cannot send does not wait.</summary>
    public readonly uint ReadPendingMessages()
    {
        uint pending = !_msi.HasMasks ? 0 : _msi.Is64Bit ? MsiRegisters.MsiPending64.Read().Value : MsiRegisters.MsiPending32.Read().Value;
        return pending & (uint)((1UL << (int)_msi.Messages) - 1);
    }

    /// <summary>Sends the function to sleep (D3hot): only its config space answers then. Its memory must not be reachable any more.</summary>
    public readonly void Sleep()
    {
        if (PowerOffset != 0)
        {
            PowerRegisters.Pmcsr.Write(default(PmCapability.Pmcsr) with { State = PmCapability.PmcsrState.D3hot });
        }
    }

    /// <summary>
    /// Wakes the function from whatever power state it is in, waits as long as it may need, and gives its memory its places again when it has reset itself on the way.
    /// Decoding and mastering are off afterwards, if they were before. One that is awake is left alone.
    /// </summary>
    /// <typeparam name="TClock">What the wait is measured with.</typeparam>
    /// <param name="clock">The clock.</param>
    /// <returns>Whether it is awake and answers.</returns>
    public readonly bool TryWake<TClock>(TClock clock)
        where TClock : struct, IClock
    {
        if (PowerOffset == 0 || PowerRegisters.Pmcsr.Read().State == PmCapability.PmcsrState.D0)
        {
            return true;
        }

        PowerRegisters.Pmcsr.Write(default(PmCapability.Pmcsr) with { State = PmCapability.PmcsrState.D0 });
        Deadline awake = Deadline.After(clock, WakeMicroseconds);
        while (!awake.HasPassed(clock))
        {
        }

        if (Header.VendorId.Read().Value == ushort.MaxValue || PowerRegisters.Pmcsr.Read().State != PmCapability.PmcsrState.D0)
        {
            return false;
        }

        if (!KeepsStateAsleep)
        {
            Silence();
            HostBars.Restore(Config, in _bars);
        }

        return true;
    }

    /// <summary>Sets the two control bits of MSI-X.</summary>
    /// <param name="enabled">Whether the function may send MSI-X messages.</param>
    /// <param name="masked">Whether all of them wait.</param>
    public readonly void ControlMsix(bool enabled, bool masked)
    {
        if (MsixOffset != 0)
        {
            MsixRegisters.MsixFlags.Write(default(MsixCapability.MsixFlags) with { Enable = enabled, Maskall = masked });
        }
    }

    /// <summary>Writes one entry of the MSI-X table; it is masked while it changes. The function must decode.</summary>
    /// <param name="entry">Which one; below the number of entries.</param>
    /// <param name="message">The host's message.</param>
    /// <param name="open">Whether the entry may send it.</param>
    public readonly void WriteEntry(uint entry, MsiMessage message, bool open)
    {
        RegisterAddress address = MemoryAddress(_msix.TableBar, _msix.TableOffset + (entry * MsixLayout.EntryBytes));
        TBridge bridge = Config.Bridge;
        bridge.WriteMemory(address + MsixEntry.Offsets.VectorCtrl, AccessWidth.Word, 1);
        if (open)
        {
            bridge.WriteMemory(address + MsixEntry.Offsets.LowerAddr, AccessWidth.Word, (uint)message.Address.Value);
            bridge.WriteMemory(address + MsixEntry.Offsets.UpperAddr, AccessWidth.Word, message.Address.Value >> 32);
            bridge.WriteMemory(address + MsixEntry.Offsets.Data, AccessWidth.Word, message.Data);
            bridge.WriteMemory(address + MsixEntry.Offsets.VectorCtrl, AccessWidth.Word, 0);
        }
    }

    /// <summary>Where a byte of a BAR is for the machine.</summary>
    /// <param name="bar">Which BAR; below six.</param>
    /// <param name="offset">Byte offset in it.</param>
    public readonly RegisterAddress MemoryAddress(uint bar, ulong offset) => new(_bars[(int)bar].MachineAddress.Value + offset);

    /// <summary>Stops everything that the function does by itself: decoding, mastering, INTx, MSI, MSI-X.</summary>
    public readonly void Silence()
    {
        WriteCommand(default);
        StopMessages();
    }

    /// <summary>Stops the messages that the function sends by itself: MSI and MSI-X.</summary>
    public readonly void StopMessages()
    {
        ControlMsix(enabled: false, masked: true);
        ControlMsi(enabled: false, count: 1);
    }

    /// <summary>Remembers the access control that the function has, which a reset switches off and <see cref="TryRestore"/> switches on again.</summary>
    /// <param name="offset">Byte offset of its access control capability; 0 for none.</param>
    /// <param name="enabled">What is on, as the capability's control register has it.</param>
    public void KeepAccessControl(uint offset, ushort enabled)
    {
        _accessOffset = offset;
        _accessEnabled = enabled;
    }

    /// <summary>
    /// Resets the function alone, as its owner may ask for it (FLR): silences it, waits for what it has under way, resets, waits until it is ready, and gives its memory its
    /// places again. Decoding and mastering are off afterwards.
    /// </summary>
    /// <typeparam name="TClock">What the waits are measured with.</typeparam>
    /// <param name="clock">The clock.</param>
    /// <returns>
    /// Whether the function was reset and answers again. Not when it cannot be; nor when it does not come to rest within a second: then it has not been touched.
    /// </returns>
    public readonly bool TryReset<TClock>(TClock clock)
        where TClock : struct, IClock
    {
        Silence();
        FunctionReset<TBridge, TClock> reset = new(Config, in _resets, clock);
        return CanReset && reset.Reset(_resets.Preferred) == ResetResult.Done && TryRestore(out _, out _);
    }

    /// <summary>Puts back what a reset has taken: the places of its memory, and its access control. It decodes and masters nothing afterwards.</summary>
    /// <param name="register">Byte offset in config space of the register that does not hold what was written.</param>
    /// <param name="value">What it holds.</param>
    /// <returns>Whether all of it is back.</returns>
    public readonly bool TryRestore(out uint register, out uint value)
    {
        WriteCommand(default(PciHeader.Command) with { IntxDisable = true });
        HostBars.Restore(Config, in _bars);
        if (_accessOffset != 0)
        {
            AcsCapability.Registers<FunctionConfig<TBridge>> access = new(Config, new RegisterAddress(_accessOffset));
            access.AcsCtrl.Modify(new AcsCapability.AcsCtrl((ushort)(access.AcsCtrl.Read().Value | _accessEnabled)));
            value = access.AcsCtrl.Read().Value;
            register = _accessOffset + AcsCapability.Offsets.AcsCtrl;
            if ((value & _accessEnabled) != _accessEnabled)
            {
                return false;
            }
        }

        return HostBars.Hold(Config, in _bars, out register, out value);
    }

    private readonly PmCapability.Registers<FunctionConfig<TBridge>> PowerRegisters => new(Config, new RegisterAddress(PowerOffset));

    private readonly MsiCapability.Registers<FunctionConfig<TBridge>> MsiRegisters => new(Config, new RegisterAddress(MsiOffset));

    private readonly MsixCapability.Registers<FunctionConfig<TBridge>> MsixRegisters => new(Config, new RegisterAddress(MsixOffset));

    private void FindCapabilities()
    {
        HasMalformedCapabilities = !FoundCapabilities.Find(Config, out _capabilities);
        PowerOffset = Fits(_capabilities.Find(PmCapability.CapabilityId, extended: false), PowerLength);
        MsiOffset = _capabilities.Find(MsiCapability.CapabilityId, extended: false);
        MsixOffset = Fits(_capabilities.Find(MsixCapability.CapabilityId, extended: false), MsixLength);
        ExpressOffset = Fits(_capabilities.Find(PcieCapability.CapabilityId, extended: false), ExpressLength);
        AdvancedFeaturesOffset = Fits(_capabilities.Find(AfCapability.CapabilityId, extended: false), AdvancedFeaturesLength);
        KeepsStateAsleep = PowerOffset != 0 && PowerRegisters.Pmcsr.Read().NoSoftReset;
        FindResets();
        FindMsi();
    }

    // The resets that an owner may ask for: those that it sees a bit for.
    private void FindResets()
    {
        _resets = new ResetAbilities { ExpressOffset = ExpressOffset, AfOffset = AdvancedFeaturesOffset };
        if (ExpressOffset != 0)
        {
            _resets.CanFlr = new PcieCapability.Registers<FunctionConfig<TBridge>>(Config, new RegisterAddress(ExpressOffset)).ExpDevcap.Read().Flr;
        }

        if (AdvancedFeaturesOffset != 0)
        {
            AfCapability.AfCap advanced = new AfCapability.Registers<FunctionConfig<TBridge>>(Config, new RegisterAddress(AdvancedFeaturesOffset)).AfCap.Read();
            _resets.CanAf = advanced.Flr;
            _resets.ShowsAfPending = advanced.Tp;
        }

        CanReset = _resets.Preferred != ResetMethod.None;
    }

    private void FindMsi()
    {
        if (MsiOffset == 0)
        {
            return;
        }

        MsiCapability.MsiFlags flags = MsiRegisters.MsiFlags.Read();
        _msi = new MsiLayout { Is64Bit = flags.Address64bit, HasMasks = flags.Maskbit, Messages = flags.Qmask <= 5 ? 1u << (int)flags.Qmask : 0 };
        MsiOffset = _msi.Messages == 0 ? 0 : Fits(MsiOffset, _msi.SizeBytes);
        _msi = MsiOffset == 0 ? default : _msi;
    }

    // What would let the function act as somebody else, or reach memory by addresses that it has translated itself. No owner sees these registers.
    private readonly void CloseShortcuts()
    {
        uint ats = _capabilities.Find(ExtendedIds.AddressTranslation, extended: true);
        if (ats != 0)
        {
            new AtsCapability.Registers<FunctionConfig<TBridge>>(Config, new RegisterAddress(ats)).AtsCtrl.Write(default);
        }

        uint pri = _capabilities.Find(ExtendedIds.PageRequests, extended: true);
        if (pri != 0)
        {
            new PriCapability.Registers<FunctionConfig<TBridge>>(Config, new RegisterAddress(pri)).PriCtrl.Write(default);
        }

        uint pasid = _capabilities.Find(ExtendedIds.ProcessIds, extended: true);
        if (pasid != 0)
        {
            new PasidCapability.Registers<FunctionConfig<TBridge>>(Config, new RegisterAddress(pasid)).PasidCtrl.Write(default);
        }

        uint sriov = _capabilities.Find(ExtendedIds.VirtualFunctions, extended: true);
        if (sriov != 0)
        {
            new SriovCapability.Registers<FunctionConfig<TBridge>>(Config, new RegisterAddress(sriov)).SriovCtrl.Write(default);
        }
    }

    private readonly uint Fits(uint offset, uint length) => offset != 0 && RoomFor(offset) >= length ? offset : 0;

    private void FindMsix()
    {
        if (MsixOffset == 0)
        {
            return;
        }

        MsixCapability.MsixTable table = MsixRegisters.MsixTable.Read();
        MsixCapability.MsixPba pending = MsixRegisters.MsixPba.Read();
        MsixLayout layout = new()
        {
            Entries = MsixRegisters.MsixFlags.Read().Qsize + 1,
            TableBar = table.Bir,
            TableOffset = table.Value & 0xFFFF_FFF8,
            PendingBar = pending.Bir,
            PendingOffset = pending.Value & 0xFFFF_FFF8,
        };

        // A table that lies nowhere, or over its own pending bits, is none: the function works on without MSI-X.
        bool usable = Holds(layout.TableBar, layout.TableOffset, layout.TableBytes)
            && Holds(layout.PendingBar, layout.PendingOffset, layout.PendingBytes)
            && !(layout.InPending(layout.TableBar, layout.TableOffset) || layout.InTable(layout.PendingBar, layout.PendingOffset));
        _msix = usable ? layout : default;
        MsixOffset = usable ? MsixOffset : 0;
    }

    private readonly bool Holds(uint bar, ulong offset, ulong length)
        => bar < HostBars.Count && _bars[(int)bar].IsMemory && length <= _bars[(int)bar].SizeBytes && offset <= _bars[(int)bar].SizeBytes - length;
}
