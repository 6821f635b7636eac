using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The NWL bridge that a guest sees, whatever the machine has: the vendor's unmodified driver brings it up, opens its config window, and takes messages from its two status
/// words and wires from its interrupt lines. It lives in one place and is passed by reference.
/// </summary>
/// <remarks>
/// Source: UG1087; Linux drivers/pci/controller/pcie-xilinx-nwl.c. Messages are decoded; there is no message FIFO. A message is resolved against the capture window when it is
/// unmasked, and delivered as long as capturing is on. Where interrupts go (BRIDGE_CORE_CFG_INTERRUPT) is storage: they go to the guest's processor.
/// </remarks>
public struct GuestNwlBridge
{
    /// <summary>Bytes of the bridge's registers, and of the attribute block: a page each.</summary>
    public const ulong BlockBytes = 0x1000;

    /// <summary>How many vectors a guest has.</summary>
    public const uint Vectors = 64;

    private const uint PageShift = 12;

    private readonly GuestNwlPlaces _places;
    private NwlBridge.Guest _view;
    private NwlAttributes.Guest _attributes;
    private GuestNwlHooks _hooks;
    private uint _levels;

    /// <summary>Makes a bridge as after reset, with its transceivers ready.</summary>
    /// <param name="places">Where the guest has it.</param>
    public GuestNwlBridge(GuestNwlPlaces places)
    {
        _places = places;
        _view.Reset(ResetKind.PowerOn);
        _attributes.Reset(ResetKind.PowerOn);
        _attributes.PcieStatus = default(NwlAttributes.PcieStatus) with { PhyRdy = true };
    }

    /// <summary>Where the guest has it.</summary>
    public readonly GuestNwlPlaces Places => _places;

    /// <summary>Messages that found capturing off, or that are none of this bridge's.</summary>
    public uint Dropped { get; private set; }

    /// <summary>Accesses to what is not there.</summary>
    public uint Denied { get; private set; }

    /// <summary>Whether somebody is at the other end of the guest's link. Without a link nothing behind the root port answers.</summary>
    public bool IsLinkUp
    {
        readonly get => _attributes.PcieStatus.PcieLinkUp;
        set => _attributes.PcieStatus = _attributes.PcieStatus with { PcieLinkUp = value };
    }

    /// <summary>Bytes of config space that the guest has opened, from its beginning: none unless the window is enabled where it is.</summary>
    public readonly ulong OpenConfigBytes
    {
        get
        {
            ulong at = ((ulong)_view.EEcamBaseHi.Value << 32) | (_view.EEcamBaseLo.Value & 0xFFFF_F000);
            ulong bytes = 1UL << (int)(PageShift + _view.EEcamControl.EcamSize);
            return !_view.EEcamControl.EcamEnable || at != _places.Config ? 0 : bytes < _places.ConfigBytes ? bytes : _places.ConfigBytes;
        }
    }

    /// <summary>Vectors that are raised and that the guest has not taken: vector 0 in bit 0.</summary>
    public readonly ulong Raised => _view.MsgfMsiStatusLo.Value | ((ulong)_view.MsgfMsiStatusHi.Value << 32);

    /// <summary>Reads the bridge's registers.</summary>
    /// <typeparam name="TWires">What knows the INTx wires.</typeparam>
    /// <param name="offset">Byte offset in the page; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="wires">What knows the INTx wires: asked only when the guest does.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read<TWires>(uint offset, AccessWidth width, ref TWires wires, out ulong value)
        where TWires : struct, IIntxWires
    {
        uint word = offset & ~7u;
        if (word == (NwlBridge.Offsets.MsgfLegStatus & ~7u))
        {
            _hooks.Wires = wires.Sample();
        }

        return Count(_view.Read(offset, width, ref _hooks, out value));
    }

    /// <summary>Writes the bridge's registers.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="offset">Byte offset in the page; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public AccessResult Write<TSink>(uint offset, AccessWidth width, GuestValue value, TSink sink)
        where TSink : struct, IInterruptSink
    {
        AccessResult result = Count(_view.Write(offset, width, value, ref _hooks));
        Drive(sink);
        return result;
    }

    /// <summary>Reads the attribute block.</summary>
    /// <param name="offset">Byte offset in the page; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult ReadAttributes(uint offset, AccessWidth width, out ulong value) => Count(_attributes.Read(offset, width, out value));

    /// <summary>Writes the attribute block: nothing in it can be changed.</summary>
    /// <param name="offset">Byte offset in the page; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    [TrapPath]
    public AccessResult WriteAttributes(uint offset, AccessWidth width, GuestValue value) => Count(_attributes.Write(offset, width, value));

    /// <summary>As <see cref="IGuestMessages.TryResolve"/>: a message in the guest's capture window, with the number of a vector.</summary>
    [Sanitizes]
    public readonly bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
    {
        ulong bytes = 1UL << (int)(PageShift + _view.IMsiiControl.IMsiiSize);
        ulong start = ((ulong)_view.IMsiiBaseHi.Value << 32) | (_view.IMsiiBaseLo.Value & 0xFFFF_F000);
        bool captured = _view.IMsiiControl.IMsiiEnable && address.TryWithin(start & ~(bytes - 1), bytes, sizeof(uint), out ulong offset) && (offset & 3) == 0;
        captured &= data.TryRange(0, Vectors - 1, out ulong vector);
        message = captured ? new GuestMessage(requester, (uint)vector) : default;
        return captured;
    }

    /// <summary>As <see cref="IGuestMessages.TryDeliver"/>: sets the vector's status bit.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="message">What <see cref="TryResolve"/> made.</param>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public bool TryDeliver<TSink>(GuestMessage message, TSink sink)
        where TSink : struct, IInterruptSink
    {
        NwlBridge.IMsiiControl control = _view.IMsiiControl;
        if (message.IsNone || message.Number >= Vectors || !control.IMsiiEnable || !control.IMsiiStatusEnable)
        {
            Dropped++;
            return false;
        }

        uint bit = 1u << (int)(message.Number & 31);
        if (message.Number < 32)
        {
            _view.MsgfMsiStatusLo = new NwlBridge.MsgfMsiStatusLo(_view.MsgfMsiStatusLo.Value | bit);
        }
        else
        {
            _view.MsgfMsiStatusHi = new NwlBridge.MsgfMsiStatusHi(_view.MsgfMsiStatusHi.Value | bit);
        }

        Drive(sink);
        return true;
    }

    /// <summary>Says which INTx wires are asserted.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="wires">INTA in bit 0 to INTD in bit 3.</param>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public void SetWires<TSink>(uint wires, TSink sink)
        where TSink : struct, IInterruptSink
    {
        _hooks.Wires = wires & GuestIntx.AllWires;
        Drive(sink);
    }

    /// <summary>Reports events of the bridge to the guest, such as that its link is down.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="events">Bits of MSGF_MISC_STATUS; what the register has not is dropped.</param>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public void Report<TSink>(uint events, TSink sink)
        where TSink : struct, IInterruptSink
    {
        const uint Described = 0xFFFF_00FB;
        _view.MsgfMiscStatus = new NwlBridge.MsgfMiscStatus(_view.MsgfMiscStatus.Value | (events & Described));
        Drive(sink);
    }

    // Levels: each follows its status and mask at once, and the guest's interrupt controller is told of changes only.
    private void Drive<TSink>(TSink sink)
        where TSink : struct, IInterruptSink
    {
        uint levels = (_view.MsgfMsiStatusLo.Value & _view.MsgfMsiMaskLo.Value) != 0 ? 1u : 0;
        levels |= (_view.MsgfMsiStatusHi.Value & _view.MsgfMsiMaskHi.Value) != 0 ? 2u : 0;
        levels |= (_hooks.Wires & _view.MsgfLegMask.Value & GuestIntx.AllWires) != 0 ? 4u : 0;
        levels |= (_view.MsgfMiscStatus.Value & _view.MsgfMiscMask.Value) != 0 ? 8u : 0;
        uint changed = levels ^ _levels;
        _levels = levels;
        Tell(sink, changed, levels, 1, _places.LowInterrupt);
        Tell(sink, changed, levels, 2, _places.HighInterrupt);
        Tell(sink, changed, levels, 4, _places.WireInterrupt);
        Tell(sink, changed, levels, 8, _places.EventInterrupt);
    }

    private static void Tell<TSink>(TSink sink, uint changed, uint levels, uint bit, uint interrupt)
        where TSink : struct, IInterruptSink
    {
        if ((changed & bit) != 0)
        {
            sink.SetLevel(interrupt, (levels & bit) != 0);
        }
    }

    private AccessResult Count(AccessResult result)
    {
        Denied += result == AccessResult.Done ? 0u : 1u;
        return result;
    }
}
