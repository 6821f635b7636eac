using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The MSI controller inside the NWL bridge: 64 vectors behind a doorbell that the bridge itself takes, before any SMMU. In decoded mode a message is a status bit without a
/// sender. In FIFO mode each message comes with its sender, and one that the vector was not allocated for is dropped and counted; when the FIFO overflows, every
/// vector is raised once. The FIFO also has the link's own messages that the bridge forwards, of interrupt lines, power management and errors: each of these is shown by a
/// register of its own too, so here they are only counted.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <typeparam name="TClock">What tells the time.</typeparam>
/// <remarks>Source: UG1087 (MSGF registers); Linux pcie-xilinx-nwl.c for decoded mode.</remarks>
public struct NwlMsiController<TBus, TClock> : IMsiController
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    /// <summary>How many vectors there are.</summary>
    public const uint Vectors = 64;

    /// <summary>How many messages one call takes from the FIFO at most.</summary>
    public const uint MostMessages = 128;

    private const ulong WindowBytes = 0x1000;
    private const uint WindowMask = 0xFFFF_F000;
    private const uint StatusPasses = 4;
    private const uint FifoEvents = 3;
    private const uint FirstLineMessage = 0x20;
    private const uint LastLineMessage = 0x27;
    private const uint Events = 0x07D7_00F3;
    private const uint WindowControl = 0x001F_8001;

    private readonly NwlBridge.Registers<TBus> _registers;
    private readonly NwlMsiSettings _settings;
    private MessageFilter<TClock> _filter;

    private NwlMsiController(NwlBridge.Registers<TBus> registers, in TClock clock, NwlMsiSettings settings)
    {
        _registers = registers;
        _settings = settings;
        _filter = new MessageFilter<TClock>(clock, Vectors);
    }

    /// <inheritdoc/>
    public readonly MsiAbilities Abilities
        => MsiAbilities.MasksVectors | (_settings.UsesFifo ? MsiAbilities.ReportsRequester | MsiAbilities.IsolatesRequesters : MsiAbilities.None);

    /// <inheritdoc/>
    public readonly uint VectorCount => Vectors;

    /// <summary>How many vectors have an owner.</summary>
    public readonly uint TakenVectors => _filter.TakenVectors;

    /// <summary>What was dropped, by sender. In decoded mode nobody knows senders, and vectors of nobody are masked.</summary>
    public readonly RequesterTally Dropped => _filter.Dropped;

    /// <summary>How often the FIFO was found to have overflowed.</summary>
    public readonly uint Losses => _filter.Losses;

    /// <summary>Messages of a function that flooded the FIFO, while it was not listened to.</summary>
    public readonly uint Throttled => _filter.Throttled;

    /// <summary>
    /// Messages of interrupt lines, of power management and of errors that were taken out of the FIFO: what they say is in MSGF_LEG_STATUS, in the root port, and in MSGF_MISC_STATUS and AER.
    /// </summary>
    public uint Notices { get; private set; }

    /// <summary>Whether a function is not listened to now: then <see cref="Resume"/> is to be called when its time is over.</summary>
    public readonly bool IsThrottling => _filter.IsThrottling;

    /// <summary>Switches the controller on. Every vector is masked until it has an owner.</summary>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="address">Where the bridge's registers are.</param>
    /// <param name="clock">What bounds waits.</param>
    /// <param name="settings">What the board decided.</param>
    /// <param name="forbidden">Where the doorbell must not be: memory of guests, and of functions.</param>
    /// <param name="controller">The controller; usable only when there is nothing to refuse.</param>
    /// <param name="refusal">The register that did not show what it should.</param>
    /// <returns>Whether it is on. If not, whatever was written has been put back.</returns>
    public static bool TryStart(
        TBus bus,
        RegisterAddress address,
        in TClock clock,
        NwlMsiSettings settings,
        ReadOnlySpan<MachineRange> forbidden,
        out NwlMsiController<TBus, TClock> controller,
        out BridgeRefusal refusal)
    {
        NwlBridge.Registers<TBus> registers = new(bus, address);
        controller = default;
        BridgeChecklist list = default;
        MachineRange doorbell = new(new MachineAddress(settings.Doorbell), WindowBytes);
        bool isApart = doorbell.Start.IsAligned(WindowBytes);
        for (int index = 0; index < forbidden.Length; index++)
        {
            isApart &= !doorbell.Overlaps(forbidden[index]);
        }

        NwlBridge.IMsiiCapabilities capabilities = registers.IMsiiCapabilities.Read();
        if (!list.Require(BridgeBlock.Settings, 0, (uint)settings.Doorbell, 0, isApart ? 0u : 1u)
            || !list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.IMsiiCapabilities, capabilities.Value, 1, 1))
        {
            refusal = list.Refusal;
            return false;
        }

        NwlMsiUndo<TBus> undo = new(registers);
        if (!undo.IsWhole(ref list))
        {
            refusal = list.Refusal;
            return false;
        }

        NwlMsiController<TBus, TClock> candidate = new(registers, clock, settings);
        refusal = settings.UsesFifo ? candidate.StartFifo(undo.Events) : candidate.StartDecoded(clock);
        if (!refusal.IsNone)
        {
            undo.Restore();
            return false;
        }

        controller = candidate;
        return true;
    }

    /// <inheritdoc/>
    public bool TryAllocate(in MsiRequest request, out VectorBlock block)
    {
        bool done = _filter.TryAllocate(in request, out block);
        for (uint vector = block.First; done && vector < block.First + block.Count; vector++)
        {
            // A message for a vector of nobody is latched behind its mask: it is not the new owner's.
            ClearStatus(vector);
            SetHardwareMask(vector, isMasked: false);
        }

        return done;
    }

    /// <inheritdoc/>
    public void Free(OwnerId owner, VectorBlock block)
    {
        for (uint index = 0; index < block.Count && index < Vectors; index++)
        {
            if (_filter.OwnerOf(block.First + index).Is(owner))
            {
                SetHardwareMask(block.First + index, isMasked: true);
                ClearStatus(block.First + index);
            }
        }

        _filter.Free(owner, block);
    }

    /// <inheritdoc/>
    public readonly OwnerId OwnerOf(uint vector) => _filter.OwnerOf(vector);

    /// <inheritdoc/>
    public readonly MsiMessage Message(uint vector) => new(new RegisterAddress(_settings.Doorbell), vector);

    /// <inheritdoc/>
    public bool TryMask(uint vector)
    {
        bool done = _filter.TryMask(vector);
        if (done)
        {
            SetHardwareMask(vector, isMasked: true);
        }

        return done;
    }

    /// <inheritdoc/>
    public bool TryUnmask(uint vector, out bool wasRaised)
    {
        bool done = _filter.TryUnmask(vector, out wasRaised);
        if (done)
        {
            SetHardwareMask(vector, isMasked: false);
        }

        return done;
    }

    /// <inheritdoc/>
    public MsiCollection Collect(uint interrupt, ref PendingBits raised)
    {
        _filter.Resume(ref raised);
        if (interrupt == _settings.EventInterrupt)
        {
            return CollectFifo(ref raised);
        }

        if (_settings.UsesFifo || (interrupt != _settings.LowInterrupt && interrupt != _settings.HighInterrupt))
        {
            return MsiCollection.Foreign;
        }

        bool done = interrupt == _settings.LowInterrupt ? CollectLow(ref raised) : CollectHigh(ref raised);
        return done ? MsiCollection.Done : MsiCollection.Unfinished;
    }

    /// <summary>Listens again to who flooded the FIFO, when its time is over (<see cref="MessageFilter{TClock}.ThrottleMicroseconds"/>): for the board's timer.</summary>
    /// <param name="raised">Gets the function's vectors: nobody knows what it sent meanwhile.</param>
    public void Resume(ref PendingBits raised) => _filter.Resume(ref raised);

    /// <summary>What there is to report of losses: once a second at most.</summary>
    /// <param name="loss">What there is.</param>
    /// <returns>Whether there is anything new.</returns>
    public bool TryReport(out MsiLoss loss) => _filter.TryReport(out loss);

    private readonly BridgeRefusal StartDecoded(in TClock clock)
    {
        NwlBridge.IMsiiBaseLo low = new((uint)_settings.Doorbell);
        NwlBridge.IMsiiBaseHi high = new((uint)(_settings.Doorbell >> 32));

        // The sequence opens the window before it places it, so it begins at its place: else DMA to the old one would be taken for messages.
        _registers.IMsiiControl.Write(default);
        _registers.IMsiiBaseLo.Write(low);
        _registers.IMsiiBaseHi.Write(high);
        if (!NwlBridge.TryMsiEnable(_registers, clock, low, high, out SequenceFailure failure))
        {
            return new BridgeRefusal(BridgeBlock.NwlBridge, failure.Offset, _registers.IMsiiCapabilities.Read().Value, (uint)failure.Mask, (uint)failure.Expected);
        }

        _registers.IMsiiControl.Modify(_registers.IMsiiControl.Read() with { IMsiiSize = 0 });
        _registers.MsgfMsiMaskLo.Write(default);
        _registers.MsgfMsiMaskHi.Write(default);
        return Verify(default(NwlBridge.IMsiiControl) with { IMsiiEnable = true, IMsiiStatusEnable = true });
    }

    // The window is placed before it is opened, and what the FIFO held before belongs to nobody.
    private readonly BridgeRefusal StartFifo(NwlBridge.MsgfMiscMask events)
    {
        NwlBridge.IMsiiControl open = default(NwlBridge.IMsiiControl) with { IMsiiEnable = true };
        _registers.IMsiiControl.Write(default);
        _registers.IMsiiBaseLo.Write(new NwlBridge.IMsiiBaseLo((uint)_settings.Doorbell));
        _registers.IMsiiBaseHi.Write(new NwlBridge.IMsiiBaseHi((uint)(_settings.Doorbell >> 32)));
        _registers.MsgfMsiMaskLo.Write(default);
        _registers.MsgfMsiMaskHi.Write(default);
        for (uint popped = 0; popped < MostMessages && _registers.MsgfRxFifoLevel.Read().Level != 0; popped++)
        {
            _registers.MsgfRxFifoPop.Write(default(NwlBridge.MsgfRxFifoPop) with { Pop = true });
        }

        NwlBridge.MsgfRxFifoLevel level = _registers.MsgfRxFifoLevel.Read();
        if (level.Level != 0)
        {
            return new BridgeRefusal(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfRxFifoLevel, level.Value, byte.MaxValue, 0);
        }

        _registers.MsgfMiscStatus.Write(default(NwlBridge.MsgfMiscStatus) with { RxMsgAvail = true, RxMsgOverflow = true });
        _registers.MsgfMiscMask.Modify(events with { RxMsgAvailMask = true, RxMsgOverflowMask = true });
        _registers.IMsiiControl.Write(open);
        BridgeChecklist list = default;
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfMiscMask, _registers.MsgfMiscMask.Read().Value, Events, (events.Value & Events) | FifoEvents);
        return list.Passes ? Verify(open) : list.Refusal;
    }

    private readonly BridgeRefusal Verify(NwlBridge.IMsiiControl control)
    {
        BridgeChecklist list = default;
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.IMsiiBaseLo, _registers.IMsiiBaseLo.Read().Value, WindowMask, (uint)_settings.Doorbell);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.IMsiiBaseHi, _registers.IMsiiBaseHi.Read().Value, uint.MaxValue, (uint)(_settings.Doorbell >> 32));
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfMsiMaskLo, _registers.MsgfMsiMaskLo.Read().Value, uint.MaxValue, 0);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfMsiMaskHi, _registers.MsgfMsiMaskHi.Read().Value, uint.MaxValue, 0);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.IMsiiControl, _registers.IMsiiControl.Read().Value, WindowControl, control.Value);
        return list.Refusal;
    }

    // Only bits that were seen are cleared, so that one that is set meanwhile survives.
    private readonly bool CollectLow(ref PendingBits raised)
    {
        for (uint pass = 0; pass < StatusPasses; pass++)
        {
            uint bits = _registers.MsgfMsiStatusLo.Read().Value & _registers.MsgfMsiMaskLo.Read().Value;
            if (bits == 0)
            {
                return true;
            }

            _registers.MsgfMsiStatusLo.Write(new NwlBridge.MsgfMsiStatusLo(bits));
            Raise(bits, 0, ref raised);
        }

        return false;
    }

    private readonly bool CollectHigh(ref PendingBits raised)
    {
        for (uint pass = 0; pass < StatusPasses; pass++)
        {
            uint bits = _registers.MsgfMsiStatusHi.Read().Value & _registers.MsgfMsiMaskHi.Read().Value;
            if (bits == 0)
            {
                return true;
            }

            _registers.MsgfMsiStatusHi.Write(new NwlBridge.MsgfMsiStatusHi(bits));
            Raise(bits, Vectors / 2, ref raised);
        }

        return false;
    }

    private readonly void Raise(uint bits, uint first, ref PendingBits raised)
    {
        for (uint index = 0; index < Vectors / 2; index++)
        {
            if ((bits & (1u << (int)index)) != 0 && !_filter.OwnerOf(first + index).IsNone)
            {
                raised.Set(first + index);
            }
        }
    }

    private MsiCollection CollectFifo(ref PendingBits raised)
    {
        // What comes in behind this raises the interrupt anew.
        _registers.MsgfMiscStatus.Write(default(NwlBridge.MsgfMiscStatus) with { RxMsgAvail = true });
        bool isEmpty = false;
        for (uint taken = 0; taken < MostMessages && !isEmpty; taken++)
        {
            isEmpty = _registers.MsgfRxFifoLevel.Read().Level == 0;
            if (!isEmpty)
            {
                TakeMessage(ref raised);
            }
        }

        NwlBridge.MsgfMiscStatus status = _registers.MsgfMiscStatus.Read();
        if (status.RxMsgOverflow)
        {
            _registers.MsgfMiscStatus.Write(default(NwlBridge.MsgfMiscStatus) with { RxMsgOverflow = true });
            _filter.Lose(ref raised);
        }

        return isEmpty || _registers.MsgfRxFifoLevel.Read().Level == 0 ? MsiCollection.Done : MsiCollection.Unfinished;
    }

    private void TakeMessage(ref PendingBits raised)
    {
        NwlBridge.MsgfRxFifoType type = _registers.MsgfRxFifoType.Read();
        bool isMessage = type.ReceivedMessage && !type.ReceivedMsiInterrupt && !type.ReceivedMsiXInterrupt;
        NwlBridge.MsgfRxFifoMsg message = isMessage ? _registers.MsgfRxFifoMsg.Read() : default;
        uint low = _registers.MsgfRxFifoAddressLo.Read().Value;
        uint high = _registers.MsgfRxFifoAddressHi.Read().Value;
        uint data = _registers.MsgfRxFifoData.Read().Value;
        _registers.MsgfRxFifoPop.Write(default(NwlBridge.MsgfRxFifoPop) with { Pop = true });
        RequesterId sender = new((ushort)type.RequesterId);
        if (_settings.UsesFifo && (type.ReceivedMsiInterrupt || type.ReceivedMsiXInterrupt))
        {
            bool isAddressed = (low & WindowMask) == (uint)_settings.Doorbell && high == (uint)(_settings.Doorbell >> 32);
            _filter.Accept(sender, isAddressed, data, ref raised);
        }
        else if (isMessage && IsNotice(message.MessageCode))
        {
            _filter.Note(sender);
            Notices = Notices == uint.MaxValue ? uint.MaxValue : Notices + 1;
        }
        else
        {
            _filter.Refuse(sender);
        }
    }

    // Assert_INTA to Deassert_INTD; PM_Active_State_Nak, PM_PME, PME_Turn_Off, PME_TO_Ack; ERR_COR, ERR_NONFATAL, ERR_FATAL (PCI Express Base Specification, section 2.2.8).
    private static bool IsNotice(uint code)
        => code is >= FirstLineMessage and <= LastLineMessage or 0x14 or 0x18 or 0x19 or 0x1B or 0x30 or 0x31 or 0x33;

    private readonly void SetHardwareMask(uint vector, bool isMasked)
    {
        if (_settings.UsesFifo || vector >= Vectors)
        {
            return;
        }

        uint bit = 1u << (int)(vector & 31);
        if (vector < Vectors / 2)
        {
            uint others = _registers.MsgfMsiMaskLo.Read().Value & ~bit;
            _registers.MsgfMsiMaskLo.Write(new NwlBridge.MsgfMsiMaskLo(isMasked ? others : others | bit));
        }
        else
        {
            uint others = _registers.MsgfMsiMaskHi.Read().Value & ~bit;
            _registers.MsgfMsiMaskHi.Write(new NwlBridge.MsgfMsiMaskHi(isMasked ? others : others | bit));
        }
    }

    private readonly void ClearStatus(uint vector)
    {
        uint bit = 1u << (int)(vector & 31);
        if (!_settings.UsesFifo && vector < Vectors / 2)
        {
            _registers.MsgfMsiStatusLo.Write(new NwlBridge.MsgfMsiStatusLo(bit));
        }
        else if (!_settings.UsesFifo && vector < Vectors)
        {
            _registers.MsgfMsiStatusHi.Write(new NwlBridge.MsgfMsiStatusHi(bit));
        }
    }
}
