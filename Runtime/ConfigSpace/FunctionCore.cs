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
internal struct FunctionCore<TBridge, TGuest, TEntries>
    : PciHeader.IGuestHooks, PmCapability.IGuestHooks, MsixCapability.IGuestHooks, PcieCapability.IGuestHooks
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    private const ulong StatusHasCapabilities = 0x10;

    private readonly HostFunction<TBridge> _host;
    private readonly GuestMemoryWindows _windows;
    private readonly TGuest _guest;
    private BarMapping _mapping;
    private MsixVectors<TEntries> _vectors;
    private FunctionIntx _intx;
    private bool _asleep;

    /// <summary>Begins with decoding, mastering and interrupts off, as the host has left the function.</summary>
    public FunctionCore(HostFunction<TBridge> host, TGuest guest, GuestMemoryWindows windows, MsixVectors<TEntries> vectors)
    {
        _host = host;
        _guest = guest;
        _windows = windows;
        _vectors = vectors;
    }

    /// <summary>Where the block that is being accessed begins in the hardware's config space.</summary>
    public uint BlockOffset { get; set; }

    /// <summary>Whether the guest sees any capability.</summary>
    public bool HasCapabilities { get; set; }

    /// <summary>Whether the guest has asked for a reset, which is to be done once its access has been answered.</summary>
    public bool WantsReset { get; private set; }

    /// <summary>Times that the guest turned decoding on and was refused.</summary>
    public uint RefusedMappings { get; private set; }

    /// <summary>The host's side of the function.</summary>
    [UnscopedRef]
    public readonly ref readonly HostFunction<TBridge> Host => ref _host;

    /// <summary>The guest's MSI-X.</summary>
    [UnscopedRef]
    public readonly ref readonly MsixVectors<TEntries> Vectors => ref _vectors;

    /// <summary>What of the function's memory is mapped.</summary>
    [UnscopedRef]
    public readonly ref readonly BarMapping Mapping => ref _mapping;

    /// <summary>The guest's interrupt pin.</summary>
    [UnscopedRef]
    public readonly ref readonly FunctionIntx Intx => ref _intx;

    /// <inheritdoc/>
    public void WriteCommand(ref PciHeader.Guest view, PciHeader.Command old, PciHeader.Command value, Lanes lanes) => view.Command = Follow(ref view, value);

    /// <inheritdoc/>
    public readonly void WriteBar(ref PciHeader.Guest view, uint element, PciHeader.Bar old, PciHeader.Bar value, Lanes lanes)
    {
        ref readonly HostBars bars = ref _host.Bars;
        uint index = element < HostBars.Count ? element : 0;
        ref readonly HostBar bar = ref bars[(int)index];
        uint kept = bar.Kind switch
        {
            BarKind.Memory32 or BarKind.Memory64 => (value.Value & (uint)~(bar.SizeBytes - 1) & 0xFFFF_FFF0) | TypeBits(in bar),
            BarKind.UpperHalf => value.Value & (uint)(~(bars[(int)index - 1].SizeBytes - 1) >> 32),
            _ => 0,
        };

        // A BAR does not move while it decodes: mapping follows the command register alone.
        view.SetBar(index, _mapping.IsActive ? old : new PciHeader.Bar(kept));
    }

    /// <inheritdoc/>
    public readonly ulong ReadHardware(uint offset, AccessWidth width)
    {
        ulong value = _host.Config.Bridge.ReadConfig(_host.Config.Function, BlockOffset + offset, width);
        bool isStatus = BlockOffset + offset == PciHeader.Offsets.Status;
        return !isStatus ? value : HasCapabilities ? value | StatusHasCapabilities : value & ~StatusHasCapabilities;
    }

    /// <inheritdoc/>
    public readonly void WriteHardware(uint offset, AccessWidth width, [HardwareSink] ulong value)
        => _host.Config.Bridge.WriteConfig(_host.Config.Function, BlockOffset + offset, width, (uint)value);

    /// <summary>
    /// The power state is the guest's alone; the hardware stays awake. A function that sleeps neither decodes nor masters, and has all its state when it wakes.
    /// </summary>
    public void WritePmcsr(ref PmCapability.Guest view, PmCapability.Pmcsr old, PmCapability.Pmcsr value, Lanes lanes)
        => _asleep = value.State != PmCapability.PmcsrState.D0;

    /// <inheritdoc/>
    public void WriteMsixFlags(ref MsixCapability.Guest view, MsixCapability.MsixFlags old, MsixCapability.MsixFlags value, Lanes lanes)
    {
        bool wakes = _vectors.Control(value.Enable, value.Maskall, _guest);
        UpdateMsix(entriesChanged: value.Enable && (wakes || !old.Enable));
    }

    /// <inheritdoc/>
    public void WriteExpDevctl(ref PcieCapability.Guest view, PcieCapability.ExpDevctl old, PcieCapability.ExpDevctl value, Lanes lanes)
    {
        WantsReset |= value.BcrFlr && _host.CanReset;
        view.ExpDevctl = value with { BcrFlr = false };
    }

    /// <summary>Makes mapping and hardware follow the guest's command register, as after the power state has changed.</summary>
    /// <param name="view">The guest's header.</param>
    /// <param name="wanted">What the guest wants.</param>
    /// <returns>What it gets: decoding only when the memory is mapped.</returns>
    public PciHeader.Command Follow(ref PciHeader.Guest view, PciHeader.Command wanted)
    {
        bool decode = wanted.Memory && !_asleep;
        bool begins = decode && !_mapping.IsActive;
        if (begins && !_mapping.TryMap(_guest, in _host.Bars, in _host.Msix, in _windows, in view))
        {
            begins = false;
            wanted = wanted with { Memory = false };
            RefusedMappings++;
        }
        else if (!decode && _mapping.IsActive)
        {
            // The guest loses its way to the memory before the memory goes; what may have been left mapped is broken, and must not decode again.
            _host.ControlMsix(_vectors.IsEnabled, masked: true);
            _ = _mapping.TryUnmap(_guest, in _host.Bars, in _host.Msix);
        }

        wanted = _vectors.IsEnabled ? wanted with { IntxDisable = true } : wanted;
        bool opensIntx = OpensIntx(wanted);
        _host.WriteCommand(wanted with { Memory = _mapping.IsActive, Master = wanted.Master && !_asleep && !_mapping.IsBroken }, opensIntx);
        if (!opensIntx)
        {
            _intx.Drive(false, _guest);
        }

        if (begins)
        {
            UpdateMsix(entriesChanged: _vectors.IsEnabled);
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
    public void Deliver(uint entry) => _vectors.Deliver(entry, _guest);

    /// <summary>Reads the guest's MSI-X table.</summary>
    public readonly AccessResult ReadTable(uint entry, uint offset, AccessWidth width, out ulong value) => _vectors.Read(entry, offset, width, out value);

    /// <summary>Writes the guest's MSI-X table; the hardware's follows.</summary>
    public AccessResult WriteTable(uint entry, uint offset, AccessWidth width, GuestValue value)
    {
        AccessResult result = _vectors.Write(entry, offset, width, value, _guest, out bool changed, out bool unmasked);
        if (changed && _vectors.IsEnabled)
        {
            _host.WriteEntry(entry, _vectors.Message(entry), _vectors.IsOpen(entry));
        }

        if (unmasked)
        {
            _vectors.Flush(entry, _guest);
        }

        return result;
    }

    /// <summary>Finds the function's memory at a guest address.</summary>
    [Sanitizes]
    public readonly bool TryFind(GuestAddress address, ulong length, out uint bar, out ulong offset)
        => _mapping.TryFind(in _host.Bars, address, length, out bar, out offset);

    /// <summary>Stops the function from mastering; it decodes as before.</summary>
    public readonly void StopMastering() => _host.WriteCommand(default(PciHeader.Command) with { Memory = _mapping.IsActive, IntxDisable = true });

    /// <summary>Masks all entries of the hardware's table, as far as it can be reached, and stops all messages.</summary>
    public readonly void StopInterrupts()
    {
        _host.ControlMsix(_vectors.IsEnabled, masked: true);
        for (uint entry = 0; _mapping.IsActive && entry < _vectors.Vectors.Count; entry++)
        {
            _host.WriteEntry(entry, default, open: false);
        }

        _host.StopMessages();
    }

    /// <summary>Stops the function and takes its memory from the guest.</summary>
    /// <returns>Whether it is certain that the guest does not reach it any more.</returns>
    public bool TryStop()
    {
        _host.Silence();
        _intx.Drive(false, _guest);
        return _mapping.TryUnmap(_guest, in _host.Bars, in _host.Msix);
    }

    /// <summary>Resets the function and forgets what the guest had set in it.</summary>
    /// <returns>Whether it was reset.</returns>
    public bool TryReset()
    {
        WantsReset = false;
        _asleep = false;
        _vectors.Reset();
        bool reset = TryStop() & _host.TryReset(_guest);
        if (!reset)
        {
            // Its memory may not be where it was any more.
            _mapping.GiveUp();
        }

        return reset;
    }

    private static uint TypeBits(ref readonly HostBar bar) => (bar.Kind == BarKind.Memory64 ? 4u : 0u) | (bar.IsPrefetchable ? 8u : 0u);

    // A function that sends messages, or sleeps, does not assert its pin.
    private readonly bool OpensIntx(PciHeader.Command command) => _intx.Pin != 0 && !command.IntxDisable && !_vectors.IsEnabled && !_asleep && !_mapping.IsBroken;

    // All entries are masked at once while any of them changes, and as long as the function does not decode: its table is out of reach then.
    private void UpdateMsix(bool entriesChanged)
    {
        bool reachable = _mapping.IsActive;
        _host.ControlMsix(_vectors.IsEnabled, masked: true);
        for (uint entry = 0; reachable && entriesChanged && entry < _vectors.Vectors.Count; entry++)
        {
            _host.WriteEntry(entry, _vectors.Message(entry), _vectors.IsOpen(entry));
        }

        if (reachable && _vectors.IsEnabled && !_vectors.IsMasked)
        {
            _host.ControlMsix(enabled: true, masked: false);
        }

        for (uint entry = 0; entriesChanged && entry < _vectors.Vectors.Count; entry++)
        {
            _vectors.Flush(entry, _guest);
        }
    }
}
