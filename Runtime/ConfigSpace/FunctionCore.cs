using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// What stands between a guest's registers and its function: the hooks of all views of its config space. The views keep what the guest wrote; this keeps what the
/// hardware was told.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TGuest">The guest: its stage 2, its interrupts, its time.</typeparam>
/// <typeparam name="TEntries">Memory for the guest's MSI-X table.</typeparam>
internal partial struct FunctionCore<TBridge, TGuest, TEntries> : PciHeader.IGuestHooks
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    private const ulong StatusHasCapabilities = 0x10;
    private const ulong StatusInterrupt = 0x08;

    private readonly HostFunction<TBridge> _host;
    private readonly FunctionPolicy _policy;
    private readonly TGuest _guest;
    private BarMapping _mapping;
    private MsixVectors<TEntries> _msix;
    private MsiVectors _msi;
    private FunctionIntx _intx;
    private bool _changesPower;
    private bool _readsProductData;

    /// <summary>Begins with decoding, mastering and interrupts off, as the host has left the function.</summary>
    public FunctionCore(HostFunction<TBridge> host, TGuest guest, in FunctionGrant<TEntries> grant)
    {
        _host = host;
        _guest = guest;
        _policy = grant.Policy;
        _mapping = new BarMapping(grant.Windows, grant.Policy);
        bool hasMsix = host.MsixOffset != 0 && grant.Policy.Shows(GuestCapability.Msix);
        uint entries = !hasMsix ? 0 : grant.Vectors.Count < host.Msix.Entries ? grant.Vectors.Count : host.Msix.Entries;
        entries = entries < grant.Entries.Capacity ? entries : grant.Entries.Capacity;
        _msix = new MsixVectors<TEntries>(grant.Entries, grant.Place, new VectorBlock(grant.Vectors.First, entries), grant.Message);
        _msi = new MsiVectors(grant.Place, grant.Message, grant.Policy.Shows(GuestCapability.Msi) ? MessagesOf(in host, in grant) : 0);
        Vectors = grant.Vectors;
    }

    /// <summary>Where the block that is being accessed begins in the hardware's config space.</summary>
    public uint BlockOffset { get; set; }

    /// <summary>Whether the guest sees any capability.</summary>
    public bool HasCapabilities { get; set; }

    /// <summary>Whether the guest has asked for a reset, which is to be done once its access has been answered.</summary>
    public bool WantsReset { get; private set; }

    /// <summary>Whether the command register must be followed again: something that it depends on has changed.</summary>
    public bool MustFollow { get; private set; }

    /// <summary>Whether the function sleeps (D3hot).</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>Times that the guest turned decoding on and was refused.</summary>
    public uint RefusedMappings { get; private set; }

    /// <summary>Times that the guest wanted to enable MSI or MSI-X and was refused.</summary>
    public uint RefusedMessages { get; private set; }

    /// <summary>The physical vectors of the function.</summary>
    public VectorBlock Vectors { get; }

    /// <summary>The host's side of the function.</summary>
    [UnscopedRef]
    public readonly ref readonly HostFunction<TBridge> Host => ref _host;

    /// <summary>The guest's MSI-X.</summary>
    [UnscopedRef]
    public readonly ref readonly MsixVectors<TEntries> Msix => ref _msix;

    /// <summary>The guest's MSI.</summary>
    [UnscopedRef]
    public readonly ref readonly MsiVectors Msi => ref _msi;

    /// <summary>What of the function's memory is mapped.</summary>
    [UnscopedRef]
    public readonly ref readonly BarMapping Mapping => ref _mapping;

    /// <summary>What the guest is shown.</summary>
    public readonly FunctionPolicy Policy => _policy;

    /// <summary>The guest's interrupt pin.</summary>
    [UnscopedRef]
    public readonly ref readonly FunctionIntx Intx => ref _intx;

    /// <inheritdoc/>
    public void WriteCommand(ref PciHeader.Guest view, PciHeader.Command old, PciHeader.Command value, Lanes lanes) => view.Command = Follow(ref view, value);

    /// <inheritdoc/>
    public readonly ulong ReadHardware(uint offset, AccessWidth width)
    {
        ulong value = _host.Config.Bridge.ReadConfig(_host.Config.Function, BlockOffset + offset, width);
        if (BlockOffset + offset != PciHeader.Offsets.Status)
        {
            return value;
        }

        value = _intx.Pin == 0 ? value & ~StatusInterrupt : value;
        return HasCapabilities ? value | StatusHasCapabilities : value & ~StatusHasCapabilities;
    }

    /// <inheritdoc/>
    public readonly void WriteHardware(uint offset, AccessWidth width, [HardwareSink] ulong value)
        => _host.Config.Bridge.WriteConfig(_host.Config.Function, BlockOffset + offset, width, (uint)value);

    /// <summary>Makes mapping and hardware follow the guest's command register, as after the power state has changed.</summary>
    /// <param name="view">The guest's header.</param>
    /// <param name="wanted">What the guest wants.</param>
    /// <returns>What it gets: decoding only when the memory is mapped.</returns>
    public PciHeader.Command Follow(ref PciHeader.Guest view, PciHeader.Command wanted)
    {
        MustFollow = false;
        bool decode = wanted.Memory && !IsAsleep;
        bool begins = decode && !_mapping.IsActive;
        if (begins && _policy.Relocation == BarRelocation.Never)
        {
            PlaceAtHost(ref view);
        }

        if (begins && !_mapping.TryMap(_guest, in _host.Bars, in _host.Msix, in view))
        {
            begins = false;
            wanted = wanted with { Memory = false };
            RefusedMappings++;
        }
        else if (!decode && _mapping.IsActive)
        {
            // The guest loses its way to the memory before the memory goes; what may have been left mapped is broken, and must not decode again.
            Silence();
        }

        wanted = _msix.IsEnabled || _msi.IsEnabled ? wanted with { IntxDisable = true } : wanted;
        WriteHostCommand(wanted);
        if (begins)
        {
            _host.ControlRom(_mapping.HasRom);
            UpdateMsix(entriesChanged: _msix.IsEnabled);
        }

        return wanted;
    }

    /// <summary>Gives the guest the function's interrupt pin.</summary>
    /// <param name="place">Where the guest sees the function.</param>
    /// <param name="pin">1 to 4 for INTA to INTD.</param>
    /// <param name="line">The machine's line that it drives; nobody else's.</param>
    public void ProvideIntx(RequesterId place, uint pin, uint line) => _intx.Provide(place, pin, line);

    /// <summary>Asks the function whether it asserts its pin, and shows the guest so.</summary>
    /// <param name="command">The guest's command register.</param>
    /// <returns>Whether the guest sees it asserted.</returns>
    public bool SampleIntx(PciHeader.Command command)
    {
        bool asserted = OpensIntx(command) && _host.Header.Status.Read().Interrupt;
        _intx.Drive(asserted, _guest);
        return asserted;
    }

    /// <summary>Takes a physical message.</summary>
    /// <param name="index">Which of the function's vectors.</param>
    public void Deliver(uint index)
    {
        if (_msi.IsEnabled)
        {
            _msi.Deliver(index, _guest);
        }
        else
        {
            _msix.Deliver(index, _guest);
        }
    }

    /// <summary>Stops the function from mastering; it decodes as before.</summary>
    public readonly void StopMastering() => _host.WriteCommand(default(PciHeader.Command) with { Memory = _mapping.IsActive });

    /// <summary>Masks all entries of the hardware's table, as far as it can be reached, and stops all messages.</summary>
    public readonly void StopInterrupts()
    {
        _host.ControlMsix(_msix.IsEnabled, masked: true);
        for (uint entry = 0; _mapping.IsActive && entry < _msix.Vectors.Count; entry++)
        {
            _host.WriteEntry(entry, default, open: false);
        }

        _host.StopMessages();
    }

    /// <summary>Stops the function and takes its memory from the guest. It is awake afterwards, if it can be.</summary>
    /// <returns>Whether it is certain that the guest does not reach it any more.</returns>
    public bool TryStop()
    {
        // The guest loses its way to the memory before the memory goes.
        StopMastering();
        bool unmapped = _mapping.TryUnmap(_guest, in _host.Bars, in _host.Msix);
        _host.Silence();
        _host.ControlRom(enabled: false);
        _intx.Drive(false, _guest);
        if (IsAsleep && !_host.TryWake(_guest))
        {
            _mapping.GiveUp();
        }

        IsAsleep = false;
        return unmapped;
    }

    /// <summary>Resets the function and forgets what the guest had set in it.</summary>
    /// <returns>Whether it was reset.</returns>
    public bool TryReset()
    {
        WantsReset = false;
        MustFollow = false;
        bool reset = TryStop() & _host.TryReset(_guest);
        _msix.Reset();
        _msi.Reset();
        if (!reset)
        {
            // Its memory may not be where it was any more.
            _mapping.GiveUp();
        }

        return reset;
    }

    // The function's memory goes from the guest, then from the bus. MSI-X is masked as long as its table is out of reach.
    private void Silence()
    {
        _host.ControlMsix(_msix.IsEnabled, masked: true);
        _ = _mapping.TryUnmap(_guest, in _host.Bars, in _host.Msix);
        _host.ControlRom(enabled: false);
    }

    private void WriteHostCommand(PciHeader.Command wanted)
    {
        bool opensIntx = OpensIntx(wanted);
        _host.WriteCommand(wanted with { Memory = _mapping.IsActive, Master = wanted.Master && !IsAsleep && !_mapping.IsBroken }, opensIntx);
        if (!opensIntx)
        {
            _intx.Drive(false, _guest);
        }
    }

    // A function that sends messages, or sleeps, does not assert its pin.
    private readonly bool OpensIntx(PciHeader.Command command)
        => _intx.Pin != 0 && !command.IntxDisable && !_msi.IsEnabled && !_msix.IsEnabled && !IsAsleep && !_mapping.IsBroken;

    // MSI shares the vectors of MSI-X; where the host's message cannot be one of its block, fewer messages are offered, or none.
    private static uint MessagesOf(ref readonly HostFunction<TBridge> host, in FunctionGrant<TEntries> grant)
    {
        uint count = host.Msi.Messages;
        while (count != 0 && (count > grant.Vectors.Count || !host.Msi.CanSend(grant.Message.Address.Value, grant.Message.Data, count)))
        {
            count >>= 1;
        }

        return count;
    }
}
