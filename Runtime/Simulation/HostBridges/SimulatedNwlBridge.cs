using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Blocks;
using Sluice.Simulation.Pci;
using Sluice.Simulation.Phy;

namespace Sluice.Simulation.HostBridges;

/// <summary>
/// The NWL bridge with its root port, its MSI controller and FIFO, and the link to the functions behind it. What a register does by itself comes from the description; this adds
/// the link, the windows, the interrupts. It takes its initialisation in any order, unless it is told to be strict.
/// </summary>
public sealed class SimulatedNwlBridge : IDmaPath
{
    /// <summary>Bytes of its registers, and of its attributes.</summary>
    public const ulong SizeBytes = 0x1000;

    private const uint MessageAvailable = 1;
    private const uint MessageOverflow = 2;
    private const uint IngressError = 0x40;
    private const uint UnsupportedRequest = 1 << 20;
    private const uint LinkDownEvent = 1 << 24;
    private const uint MsiType = 2;

    private readonly IDmaPath _machine;
    private readonly SimulatedPciBus _functions;
    private readonly SimulatedNwlOptions _options;
    private readonly Queue<NwlMessage> _fifo = new();
    private readonly List<string> _violations = [];
    private NwlBridge.Hardware _registers;
    private NwlAttributes.Hardware _attributes;
    private bool _isLinkUp;

    /// <summary>Makes a bridge after reset: transceivers ready, link up.</summary>
    /// <param name="machine">The way of its functions' DMA from the bridge on: to memory, or to an SMMU.</param>
    /// <param name="functions">The functions behind it.</param>
    /// <param name="options">Which bridge.</param>
    public SimulatedNwlBridge(IDmaPath machine, SimulatedPciBus functions, SimulatedNwlOptions? options = null)
    {
        _machine = machine;
        _functions = functions;
        _options = options ?? new SimulatedNwlOptions();
        _registers.Reset(ResetKind.PowerOn);
        _attributes.Reset(ResetKind.PowerOn);
        _isLinkUp = true;
        RootPort = new SimulatedBridgeFunction(0xD021_10EE) { Functions = functions }.WithExpress(4);
        functions.Add(new RequesterId(0, 0, 0), RootPort);
        Registers = new RegisterDevice(this);
        Attributes = new AttributeDevice(this);
        Config = new ConfigDevice(this);
    }

    /// <summary>Its registers, to be put into a machine.</summary>
    public ISimulatedDevice Registers { get; }

    /// <summary>The attributes of its core, to be put into a machine.</summary>
    public ISimulatedDevice Attributes { get; }

    /// <summary>Its config window, to be put into a machine.</summary>
    public ISimulatedDevice Config { get; }

    /// <summary>Its root port.</summary>
    public SimulatedBridgeFunction RootPort { get; }

    /// <summary>Whether its transceivers are ready, where no model of them says so.</summary>
    public bool IsPhyReady
    {
        get => Transceivers?.IsPcieReady ?? field;
        set;
    } = true;

    /// <summary>The transceivers of its link; without them, <see cref="IsPhyReady"/> is what it was set to.</summary>
    public SimulatedPsGtr? Transceivers { get; set; }

    /// <summary>Whether somebody is at the other end of the link.</summary>
    public bool IsLinkUp
    {
        get => _isLinkUp && IsPhyReady;
        set
        {
            if (_isLinkUp && !value)
            {
                Report(LinkDownEvent);
            }

            _isLinkUp = value;
        }
    }

    /// <summary>Which of INTA (bit 0) to INTD (bit 3) functions assert.</summary>
    public uint AssertedLines { get; set; }

    /// <summary>Accesses to config space behind the link.</summary>
    public int LinkAccesses { get; private set; }

    /// <summary>Messages that the FIFO had no room for.</summary>
    public int LostMessages { get; private set; }

    /// <summary>Messages that were taken out of the FIFO.</summary>
    public int Pops { get; private set; }

    /// <summary>What was refused because it came too early, and what read from an empty FIFO: only a strict bridge looks.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>How many messages the FIFO holds.</summary>
    public int FifoLevel => _fifo.Count;

    /// <summary>The line of vectors 0 to 31.</summary>
    public bool IsLowRaised => (_registers.MsgfMsiStatusLo.Value & _registers.MsgfMsiMaskLo.Value) != 0;

    /// <summary>The line of vectors 32 to 63.</summary>
    public bool IsHighRaised => (_registers.MsgfMsiStatusHi.Value & _registers.MsgfMsiMaskHi.Value) != 0;

    /// <summary>The line of the four interrupt lines.</summary>
    public bool IsLineRaised => (AssertedLines & _registers.MsgfLegMask.Value) != 0;

    /// <summary>The line of the events.</summary>
    public bool IsEventRaised
    {
        get
        {
            Refresh();
            return (_registers.MsgfMiscStatus.Value & _registers.MsgfMiscMask.Value) != 0;
        }
    }

    /// <summary>The state of the registers, to compare with.</summary>
    public byte[] Save()
    {
        byte[] state = new byte[NwlBridge.Hardware.SnapshotBytes];
        _ = _registers.TrySave(state);
        return state;
    }

    /// <summary>A register as it is, without any effect.</summary>
    /// <param name="offset">Byte offset.</param>
    public uint Peek(uint offset) => _registers.Peek(offset);

    /// <summary>Reports events as the bridge itself does.</summary>
    /// <param name="events">Bits of MSGF_MISC_STATUS.</param>
    /// <param name="id">The AXI id of the access, for those that have one.</param>
    public void Report(uint events, byte id = 0)
    {
        NwlBridge.MsgfMiscStatus status = new(_registers.MsgfMiscStatus.Value | events);
        _registers.MsgfMiscStatus = status;
        NwlBridge.MsgfMiscStatus reported = new(events);
        _registers.MsgfMiscSlaveId = reported.SlaveError ? new NwlBridge.MsgfMiscSlaveId(id) : _registers.MsgfMiscSlaveId;
        _registers.MsgfMiscMasterId = reported.MasterError ? new NwlBridge.MsgfMiscMasterId(id) : _registers.MsgfMiscMasterId;
        _registers.MsgfMiscIngressId = reported.IngressAddressTranslationError ? new NwlBridge.MsgfMiscIngressId(id) : _registers.MsgfMiscIngressId;
        _registers.MsgfMiscEgressId = reported.EgressAddressTranslationError ? new NwlBridge.MsgfMiscEgressId(id) : _registers.MsgfMiscEgressId;
    }

    /// <summary>Reads on behalf of a function: the stream is its requester id.</summary>
    /// <inheritdoc/>
    public bool TryRead(uint stream, ulong address, Span<byte> into)
    {
        if (IsMessage(address))
        {
            into.Clear();
            return true;
        }

        return TryIngress(address, out ulong translated) && _machine.TryRead(_options.Stream, translated, into);
    }

    /// <summary>Writes on behalf of a function: the stream is its requester id. What hits the doorbell never reaches memory.</summary>
    /// <inheritdoc/>
    public bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from)
    {
        if (!IsMessage(address))
        {
            return TryIngress(address, out ulong translated) && _machine.TryWrite(_options.Stream, translated, from);
        }

        uint data = from.Length switch { 1 => from[0], 2 => BinaryPrimitives.ReadUInt16LittleEndian(from), _ => BinaryPrimitives.ReadUInt32LittleEndian(from) };
        if (!_registers.IMsiiControl.IMsiiStatusEnable)
        {
            Push(new NwlMessage((stream << 16) | MsiType, address, data));
            return true;
        }

        uint bit = 1u << (int)(data & 31);
        if ((data & 32) == 0)
        {
            _registers.MsgfMsiStatusLo = new NwlBridge.MsgfMsiStatusLo(_registers.MsgfMsiStatusLo.Value | bit);
        }
        else
        {
            _registers.MsgfMsiStatusHi = new NwlBridge.MsgfMsiStatusHi(_registers.MsgfMsiStatusHi.Value | bit);
        }

        return true;
    }

    /// <summary>A function asserts or deasserts an interrupt line: the level changes, and where such messages are forwarded the FIFO tells of it as well.</summary>
    /// <param name="sender">Which function.</param>
    /// <param name="line">0 for INTA to 3 for INTD.</param>
    /// <param name="isAsserted">Whether it asserts it.</param>
    public void SetLine(RequesterId sender, uint line, bool isAsserted)
    {
        AssertedLines = isAsserted ? AssertedLines | (1u << (int)line) : AssertedLines & ~(1u << (int)line);
        if (_registers.BridgeCoreCfgPcieRxMsgFilter.CfgEnableIntMsgFwd)
        {
            Forward(sender, (isAsserted ? 0x20u : 0x24u) + line);
        }
    }

    /// <summary>A message of the link is forwarded.</summary>
    /// <param name="sender">Which function sent it.</param>
    /// <param name="code">Its code.</param>
    public void Forward(RequesterId sender, uint code) => Push(new NwlMessage(((uint)sender.Value << 16) | 1, 0, 0, code << 8));

    /// <summary>Puts a message into the FIFO, or loses it.</summary>
    /// <param name="message">The message.</param>
    public void Push(NwlMessage message)
    {
        if (_fifo.Count == _options.FifoDepth)
        {
            LostMessages++;
            Report(MessageOverflow);
            return;
        }

        _fifo.Enqueue(message);
        Report(MessageAvailable);
    }

    private static bool Matches(ulong address, ulong window, uint code) => (address & ~((1UL << (12 + (int)code)) - 1)) == window;

    private bool IsMessage(ulong address)
    {
        ulong window = ((ulong)_registers.IMsiiBaseHi.Value << 32) | (_registers.IMsiiBaseLo.Value & 0xFFFF_F000);
        return _registers.IMsiiControl.IMsiiEnable && Matches(address, window, _registers.IMsiiControl.IMsiiSize);
    }

    private bool TryIngress(ulong address, out ulong translated)
    {
        translated = address;
        for (uint index = 0; index < 8; index++)
        {
            NwlBridge.TranIngressControl control = _registers.GetTranIngressControl(index);
            ulong source = ((ulong)_registers.GetTranIngressSrcBaseHi(index).Value << 32) | (_registers.GetTranIngressSrcBaseLo(index).Value & 0xFFFF_F000);
            if (control.IngressEnable && Matches(address, source, control.IngressSize))
            {
                ulong destination = ((ulong)_registers.GetTranIngressDstBaseHi(index).Value << 32) | (_registers.GetTranIngressDstBaseLo(index).Value & 0xFFFF_F000);
                translated = destination | (address & ((1UL << (12 + (int)control.IngressSize)) - 1));
                return !control.IngressInvalid;
            }
        }

        if (!_registers.IIsubControl.IngressSubEnable)
        {
            Report(IngressError | UnsupportedRequest);
        }

        return _registers.IIsubControl.IngressSubEnable;
    }

    // What registers show that is no storage.
    private void Refresh()
    {
        bool has = _fifo.TryPeek(out NwlMessage head);
        _registers.MsgfRxFifoLevel = new NwlBridge.MsgfRxFifoLevel((uint)Math.Min(_fifo.Count, 255));
        _registers.MsgfRxFifoType = new NwlBridge.MsgfRxFifoType(has ? head.Type : 0);
        _registers.MsgfRxFifoMsg = new NwlBridge.MsgfRxFifoMsg(has ? head.Message : 0);
        _registers.MsgfRxFifoAddressLo = new NwlBridge.MsgfRxFifoAddressLo(has ? (uint)head.Address : 0);
        _registers.MsgfRxFifoAddressHi = new NwlBridge.MsgfRxFifoAddressHi(has ? (uint)(head.Address >> 32) : 0);
        _registers.MsgfRxFifoData = new NwlBridge.MsgfRxFifoData(has ? head.Data : 0);
        _registers.MsgfLegStatus = new NwlBridge.MsgfLegStatus(AssertedLines & 0xF);
        if (has && _options.AvailableFollowsLevel)
        {
            Report(MessageAvailable);
        }

        _attributes.PcieStatus = default(NwlAttributes.PcieStatus) with { PhyRdy = IsPhyReady, PcieLinkUp = IsLinkUp };
    }

    private ulong ReadRegister(ulong offset, AccessWidth width)
    {
        Refresh();
        _registers.Read((uint)offset, width, out ulong value);
        return value;
    }

    private void WriteRegister(ulong offset, AccessWidth width, ulong value)
    {
        Refresh();
        if (_options.IsStrict && TooEarly((uint)offset, (uint)value) is { } reason)
        {
            _violations.Add(reason);
            return;
        }

        _registers.Write((uint)offset, width, new GuestValue(value));
        if (offset == NwlBridge.Offsets.MsgfRxFifoPop && (value & 1) != 0)
        {
            _registers.MsgfRxFifoPop = default;
            Pop();
        }
    }

    private void Pop()
    {
        if (_fifo.TryDequeue(out _))
        {
            Pops++;
        }
        else
        {
            _violations.Add("MSGF_RX_FIFO_POP: the FIFO is empty");
        }
    }

    private string? TooEarly(uint offset, uint value) => offset switch
    {
        NwlBridge.Offsets.EBregControl when (value & 1) != 0 && _registers.EBregBaseLo.Value == 0 => "E_BREG_CONTROL: the window has no place yet",
        NwlBridge.Offsets.EEcamControl when (value & 1) != 0 && !_registers.EBregControl.BregEnable => "E_ECAM_CONTROL: the bridge's registers are not enabled yet",
        NwlBridge.Offsets.EEcamControl when (value & 1) != 0 && !IsPhyReady => "E_ECAM_CONTROL: the transceivers are not ready yet",
        NwlBridge.Offsets.IMsiiControl when (value & 1) != 0 && !_registers.EBregControl.BregEnable => "I_MSII_CONTROL: the bridge's registers are not enabled yet",
        _ => null,
    };

    private SimulatedFunction? Route(ulong offset)
    {
        RequesterId id = new((ushort)(offset >> 12));
        if (_options.IsStrict && !_registers.EEcamControl.EcamEnable)
        {
            _violations.Add("config space: the window is not open yet");
            return null;
        }

        if (id.Bus == 0)
        {
            return id.Value == 0 ? RootPort : null;
        }

        bool exists = IsLinkUp && RootPort.Routes(id.Bus) && (id.Bus != RootPort.SecondaryBus || id.Device == 0);
        if (!exists)
        {
            return null;
        }

        LinkAccesses++;
        return _functions.Find(id);
    }

    private sealed class RegisterDevice(SimulatedNwlBridge bridge) : ISimulatedDevice
    {
        public ulong Read(ulong offset, AccessWidth width) => bridge.ReadRegister(offset, width);

        public void Write(ulong offset, AccessWidth width, ulong value) => bridge.WriteRegister(offset, width, value);
    }

    private sealed class AttributeDevice(SimulatedNwlBridge bridge) : ISimulatedDevice
    {
        public ulong Read(ulong offset, AccessWidth width)
        {
            bridge.Refresh();
            bridge._attributes.Read((uint)offset, width, out ulong value);
            return value;
        }

        public void Write(ulong offset, AccessWidth width, ulong value) => bridge._attributes.Write((uint)offset, width, new GuestValue(value));
    }

    private sealed class ConfigDevice(SimulatedNwlBridge bridge) : ISimulatedDevice
    {
        public ulong Read(ulong offset, AccessWidth width)
            => bridge.Route(offset)?.ReadConfig((uint)offset & 0xFFF, width) ?? ulong.MaxValue >> (64 - ((int)width * 8));

        public void Write(ulong offset, AccessWidth width, ulong value) => bridge.Route(offset)?.WriteConfig((uint)offset & 0xFFF, width, (uint)value);
    }
}
