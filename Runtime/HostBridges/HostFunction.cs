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
public struct HostFunction<TBridge>
    where TBridge : struct, IHostBridge
{
    /// <summary>How many kinds of capabilities the host knows.</summary>
    public const int KnownCapabilities = 4;

    private const uint LastConventional = 0x100;
    private const uint PowerLength = 8;
    private const uint MsixLength = 12;
    private const uint ExpressLength = 0x14;

    private HostBars _bars;
    private MsixLayout _msix;
    private PciHeader.Command _command;
    private ulong _capabilities;
    private uint _order;
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

    /// <summary>Whether it can be reset alone.</summary>
    public bool CanReset { get; private set; }

    /// <summary>Whether its capability list ends where no list may end; what came before is used.</summary>
    public bool HasMalformedCapabilities { get; private set; }

    /// <summary>Its BARs.</summary>
    [UnscopedRef]
    public readonly ref readonly HostBars Bars => ref _bars;

    /// <summary>Its MSI-X table.</summary>
    [UnscopedRef]
    public readonly ref readonly MsixLayout Msix => ref _msix;

    /// <summary>
    /// Looks at a function and silences it: decoding, mastering and every kind of interrupt are off afterwards. A type-0 function only.
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
        HostBars.Probe(function.Config, out function._bars);
        function.FindMsix();
        return true;
    }

    /// <summary>The ids of the capabilities that the host knows, in the order of the function's list.</summary>
    /// <param name="index">Which one, counted from 0.</param>
    /// <returns>The id; 0 behind the last one.</returns>
    public readonly byte CapabilityAt(int index) => index is >= 0 and < KnownCapabilities ? (byte)(_order >> (index * 8)) : (byte)0;

    /// <summary>How many bytes a capability may take at most: up to the next one, or to the end of conventional config space.</summary>
    /// <param name="offset">Byte offset of a capability that was found.</param>
    public readonly uint RoomFor(uint offset)
    {
        for (uint next = offset + 4; next < LastConventional; next += 4)
        {
            if ((_capabilities & (1UL << (int)(next >> 2))) != 0)
            {
                return next - offset;
            }
        }

        return LastConventional - offset;
    }

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
        for (int index = 0; index < HostBars.Count; index++)
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
    /// Sets what an owner may decide of the command register. The other bits keep the host's value; INTx stays off, because no owner is given any.
    /// </summary>
    /// <param name="wanted">MEMORY, MASTER, SPECIAL, INVALIDATE and VGA_PALETTE count.</param>
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

    /// <summary>Stops everything that the function does by itself: decoding, mastering, MSI, MSI-X.</summary>
    public readonly void Silence()
    {
        WriteCommand(default);
        StopMessages();
    }

    /// <summary>Stops the messages that the function sends by itself: MSI and MSI-X.</summary>
    public readonly void StopMessages()
    {
        ControlMsix(enabled: false, masked: true);
        if (MsiOffset != 0)
        {
            new MsiCapability.Registers<FunctionConfig<TBridge>>(Config, new RegisterAddress(MsiOffset)).MsiFlags.Write(default);
        }
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
        ResetAbilities abilities = new() { ExpressOffset = ExpressOffset, CanFlr = CanReset };
        FunctionReset<TBridge, TClock> reset = new(Config, in abilities, clock);
        return reset.Reset(ResetMethod.FunctionLevel) == ResetResult.Done && TryRestore(out _, out _);
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

    private readonly MsixCapability.Registers<FunctionConfig<TBridge>> MsixRegisters => new(Config, new RegisterAddress(MsixOffset));

    private void FindCapabilities()
    {
        CapabilityWalk<TBridge> walk = new(Config);
        while (walk.MoveNext())
        {
            _capabilities |= 1UL << (int)(walk.Offset >> 2);
            int known = 0;
            while (CapabilityAt(known) != 0 && CapabilityAt(known) != walk.Id)
            {
                known++;
            }

            // The first of a kind counts; a second one is as unknown as any other.
            if (known < KnownCapabilities && CapabilityAt(known) == 0 && TryKeep(walk.Id, walk.Offset))
            {
                _order |= (uint)walk.Id << (known * 8);
            }
        }

        HasMalformedCapabilities = walk.IsMalformed;
        PowerOffset = Fits(PowerOffset, PowerLength);
        MsixOffset = Fits(MsixOffset, MsixLength);
        ExpressOffset = Fits(ExpressOffset, ExpressLength);
        CanReset = ExpressOffset != 0
            && new PcieCapability.Registers<FunctionConfig<TBridge>>(Config, new RegisterAddress(ExpressOffset)).ExpDevcap.Read().Flr;
    }

    private bool TryKeep(byte id, uint offset)
    {
        switch (id)
        {
            case PmCapability.CapabilityId:
                PowerOffset = offset;
                return true;
            case MsiCapability.CapabilityId:
                MsiOffset = offset;
                return true;
            case MsixCapability.CapabilityId:
                MsixOffset = offset;
                return true;
            case PcieCapability.CapabilityId:
                ExpressOffset = offset;
                return true;
            default:
                return false;
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
