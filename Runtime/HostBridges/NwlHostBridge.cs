using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Phy;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// The NWL root port of the ZynqMP. Config space goes through its ECAM window by the rules of its buses: on the first bus only the root port itself exists, behind the
/// link only device 0 of the next bus and what that routes on; while the link is down nothing but the root port is asked, because such an access may not be answered.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <remarks>Source: UG1087; Linux pcie-xilinx-nwl.c.</remarks>
public readonly struct NwlHostBridge<TBus> : IHostBridge
    where TBus : struct, IRegisterBus
{
    private const ulong PhyMicroseconds = 1_000_000;
    private const uint PhyReady = 2;
    private const uint MessageEvents = 3;
    private const uint AnyCaches = 0xFF;
    private const uint Lines = 4;
    private const uint AllLines = 0xF;
    private const uint ForwardedMessages = 0xE;
    private const uint Events = 0x07D7_00F3;
    private const uint AllBuses = 16;

    private readonly TBus _bus;
    private readonly NwlSettings _settings;

    private NwlHostBridge(TBus bus, NwlSettings settings)
    {
        _bus = bus;
        _settings = settings;
    }

    /// <summary>The bridge's own registers.</summary>
    public NwlBridge.Registers<TBus> Registers => new(_bus, _settings.Bridge);

    /// <summary>The attributes of its core.</summary>
    public NwlAttributes.Registers<TBus> Attributes => new(_bus, _settings.Attributes);

    /// <summary>Its address translations.</summary>
    public NwlWindows<TBus> Windows => new(Registers);

    /// <summary>Where config space is.</summary>
    public EcamWindow Window => _settings.Config;

    /// <inheritdoc/>
    public BusRange Buses => new(Window.FirstBus, Window.LastBus);

    /// <summary>Whether there is something at the other end of the link.</summary>
    public bool IsLinkUp
    {
        get
        {
            NwlAttributes.PcieStatus status = Attributes.PcieStatus.Read();
            return status.Value != uint.MaxValue && status.PcieLinkUp;
        }
    }

    /// <summary>Which of INTA (bit 0) to INTD (bit 3) are asserted now.</summary>
    public uint AssertedLines => Registers.MsgfLegStatus.Read().Value & AllLines;

    /// <summary>
    /// Takes a bridge over, by the policy of its settings: looks at what firmware or a hardware domain did, or brings it up. Whether the link is up does not matter yet.
    /// </summary>
    /// <typeparam name="TClock">What bounds the waits.</typeparam>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="clock">What bounds the waits.</param>
    /// <param name="settings">What the board decided.</param>
    /// <param name="bridge">The bridge; usable only when there is nothing to refuse.</param>
    /// <param name="refusal">The register that did not show what it should.</param>
    /// <returns>Whether the bridge can be used. If not, whatever was written has been put back.</returns>
    public static bool TryStart<TClock>(TBus bus, in TClock clock, NwlSettings settings, out NwlHostBridge<TBus> bridge, out BridgeRefusal refusal)
        where TClock : struct, IClock
    {
        bridge = default;
        NwlHostBridge<TBus> candidate = new(bus, settings);
        refusal = settings.Policy == BringUpPolicy.Hypervisor ? candidate.BringUp(clock) : candidate.Check();
        if (refusal.IsNone)
        {
            bridge = candidate;
        }

        return refusal.IsNone;
    }

    /// <inheritdoc/>
    public bool IsReady(out BridgeRefusal refusal)
    {
        refusal = Check();
        if (refusal.IsNone)
        {
            refusal = List.CheckLink();
        }

        return refusal.IsNone;
    }

    /// <inheritdoc/>
    public uint ReadConfig(RequesterId function, uint offset, AccessWidth width)
        => TryLocate(function, offset, out RegisterAddress config) ? (uint)MachineAccess.Read(_bus, config, width) : MachineAccess.Absent(width);

    /// <inheritdoc/>
    public void WriteConfig(RequesterId function, [HardwareSink] uint offset, AccessWidth width, [HardwareSink] uint value)
    {
        if (TryLocate(function, offset, out RegisterAddress config))
        {
            MachineAccess.Write(_bus, config, width, value);
        }
    }

    /// <inheritdoc/>
    public ulong ReadMemory(RegisterAddress address, AccessWidth width) => MachineAccess.Read(_bus, address, width);

    /// <inheritdoc/>
    public void WriteMemory([HardwareSink] RegisterAddress address, AccessWidth width, [HardwareSink] ulong value)
        => MachineAccess.Write(_bus, address, width, value);

    /// <summary>
    /// Takes the events that are not masked: errors with the ids of their accesses, AER, the link. What the message FIFO has to say is left to its driver.
    /// </summary>
    public NwlEvents TakeEvents()
    {
        uint bits = Registers.MsgfMiscStatus.Read().Value & Registers.MsgfMiscMask.Read().Value & ~MessageEvents;
        NwlBridge.MsgfMiscStatus status = new(bits);
        if (bits == 0)
        {
            return default;
        }

        byte slave = status.SlaveError ? (byte)Registers.MsgfMiscSlaveId.Read().Value : (byte)0;
        byte master = status.MasterError ? (byte)Registers.MsgfMiscMasterId.Read().Value : (byte)0;
        byte ingress = status.IngressAddressTranslationError ? (byte)Registers.MsgfMiscIngressId.Read().Value : (byte)0;
        byte egress = status.EgressAddressTranslationError ? (byte)Registers.MsgfMiscEgressId.Read().Value : (byte)0;
        Registers.MsgfMiscStatus.Write(status);
        return new NwlEvents(status, slave, master, ingress, egress);
    }

    /// <summary>Lets an interrupt line through or not.</summary>
    /// <param name="line">0 for INTA to 3 for INTD; beyond that nothing happens.</param>
    /// <param name="isEnabled">Whether it interrupts.</param>
    public void EnableLine(uint line, bool isEnabled)
    {
        if (line < Lines)
        {
            uint others = Registers.MsgfLegMask.Read().Value & ~(1u << (int)line);
            Registers.MsgfLegMask.Write(new NwlBridge.MsgfLegMask(others | (isEnabled ? 1u << (int)line : 0)));
        }
    }

    private NwlChecklist<TBus> List => new(Registers, Attributes, _settings);

    private RootPortSetup<NwlHostBridge<TBus>> RootPort => new(this, Window, _settings.Windows, _settings.Policy);

    private BridgeRefusal Check()
    {
        if (Window.LastBus <= (int)Window.FirstBus)
        {
            return new BridgeRefusal(BridgeBlock.Settings, 0, (uint)Window.LastBus, 0, 1);
        }

        BridgeRefusal refusal = CheckTransceivers();
        if (refusal.IsNone)
        {
            refusal = List.Check();
        }

        if (!refusal.IsNone)
        {
            return refusal;
        }

        BridgeChecklist list = default;
        RootPort.Check(ref list);
        return list.Refusal;
    }

    // Config space may never answer while they are not ready, so they come first.
    private BridgeRefusal CheckTransceivers()
        => _settings.Transceivers.ArePresent
            ? new PsGtrChecklist<TBus>(new PsGtr.Registers<TBus>(_bus, _settings.Transceivers.Serdes), _settings.Transceivers.Plan).Check(LaneProtocol.Pcie)
            : default;

    private BridgeRefusal BringUp<TClock>(in TClock clock)
        where TClock : struct, IClock
    {
        BridgeRefusal lanes = CheckTransceivers();
        if (!lanes.IsNone)
        {
            return lanes;
        }

        NwlUndo<TBus> undo = new(Registers);
        BridgeChecklist list = default;
        if (!undo.IsWhole(ref list))
        {
            return list.Refusal;
        }

        BridgeRefusal refusal = Initialise(clock, in undo);
        if (!refusal.IsNone)
        {
            undo.Restore();
            return refusal;
        }

        // Only from here on is there a config space to write to.
        if (!RootPort.TryReadBuses(ref list, out uint buses) || !RootPort.TryReadWindows(ref list, out RootPortState port))
        {
            undo.Restore();
            return list.Refusal;
        }

        RootPort.Number(RootPort.OwnBuses);
        RootPort.Open(in port);
        refusal = Check();
        if (!refusal.IsNone)
        {
            RootPort.Restore(in port);
            RootPort.Number(buses);
            undo.Restore();
        }

        return refusal;
    }

    private BridgeRefusal Initialise<TClock>(in TClock clock, in NwlUndo<TBus> before)
        where TClock : struct, IClock
    {
        NwlBridge.Registers<TBus> registers = Registers;
        NwlBridge.EBregBaseLo low = new((uint)_settings.Bridge.Value);
        NwlBridge.EBregBaseHi high = new((uint)(_settings.Bridge.Value >> 32));
        if (!NwlBridge.TryBridgeInit(registers, clock, _settings.IsCoherent ? 1u : 0u, low, high, out SequenceFailure failure))
        {
            return new BridgeRefusal(BridgeBlock.NwlBridge, failure.Offset, registers.EBregCapabilities.Read().Value, (uint)failure.Mask, (uint)failure.Expected);
        }

        registers.BridgeCoreCfgPcieRx0.Modify(
            registers.BridgeCoreCfgPcieRx0.Read() with { CfgDisablePcieBridgeRegAccess = true, CfgDisablePcieDmaRegAccess = true });
        registers.BridgeCoreCfgPcieRx1.Modify(registers.BridgeCoreCfgPcieRx1.Read() with { CfgRdUrIsUrOk1sN = false });
        if (!Attributes.PcieStatus.TryWait(clock, PhyReady, PhyReady, PhyMicroseconds, 0))
        {
            return new BridgeRefusal(BridgeBlock.NwlAttributes, NwlAttributes.Offsets.PcieStatus, Attributes.PcieStatus.Read().Value, PhyReady, PhyReady);
        }

        if (!List.TrySizeCode(registers.EEcamCapabilities.Read(), out uint code) || code > AllBuses)
        {
            return new BridgeRefusal(BridgeBlock.Settings, 0, (uint)_settings.Config.SizeBytes, 0, 1);
        }

        // The sequence opens the window before it places it, so it begins at its place.
        NwlBridge.EEcamBaseLo configLow = new((uint)_settings.Config.Address);
        NwlBridge.EEcamBaseHi configHigh = new((uint)(_settings.Config.Address >> 32));
        registers.EEcamControl.Modify(registers.EEcamControl.Read() with { EcamEnable = false });
        registers.EEcamBaseLo.Write(configLow);
        registers.EEcamBaseHi.Write(configHigh);
        if (!NwlBridge.TryEcamInit(registers, clock, code, configLow, configHigh, out failure))
        {
            return new BridgeRefusal(BridgeBlock.NwlBridge, failure.Offset, registers.EEcamCapabilities.Read().Value, (uint)failure.Mask, (uint)failure.Expected);
        }

        BridgeRefusal refusal = List.Check();
        return refusal.IsNone ? CheckOwnWork(in before) : refusal;
    }

    // Beyond the list for everybody: what the steps above wrote that others may choose.
    private BridgeRefusal CheckOwnWork(in NwlUndo<TBus> before)
    {
        BridgeChecklist list = default;
        NwlBridge.Registers<TBus> registers = Registers;
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.BridgeCoreCfgPcieRxMsgFilter, registers.BridgeCoreCfgPcieRxMsgFilter.Read().Value, ForwardedMessages, ForwardedMessages);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfMiscMask, registers.MsgfMiscMask.Read().Value, Events, Events);
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.MsgfLegMask, registers.MsgfLegMask.Read().Value, AllLines, AllLines);
        uint cache = _settings.IsCoherent ? AnyCaches : before.Cache & AnyCaches;
        list.Require(BridgeBlock.NwlBridge, NwlBridge.Offsets.BridgeCoreCfgPcieRx1, registers.BridgeCoreCfgPcieRx1.Read().Value, AnyCaches, cache);
        return list.Refusal;
    }

    [Sanitizes]
    private bool TryLocate(RequesterId function, uint offset, out RegisterAddress config)
    {
        bool isOwn = function.Bus == Window.FirstBus;
        bool isNext = function.Bus == Window.FirstBus + 1;
        bool exists = (isOwn || (isNext && !_settings.UsesAlternativeRouting)) ? function.Device == 0 : !isOwn;
        exists &= !isOwn || function.Function == 0;
        if (!exists || offset >= EcamWindow.FunctionBytes || !Window.TryLocate(function, out RegisterAddress place) || (!isOwn && !IsLinkUp))
        {
            config = default;
            return false;
        }

        config = place + offset;
        return true;
    }
}
