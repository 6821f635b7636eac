using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// The soft AXI-PCIe bridge of Xilinx' FPGAs as a root port. Its registers are in the root port's own config space. The rules of its buses are those of the NWL bridge.
/// </summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <remarks>Source: AMD PG055; Linux pcie-xilinx.c.</remarks>
public readonly struct XilinxAxiHostBridge<TBus> : IHostBridge
    where TBus : struct, IRegisterBus
{
    private const uint LinkUp = 1 << 11;
    private const uint BridgeEnable = 1;
    private const uint FifoEvents = 0x3_0000;

    // What the description has of IDR: ones are written to nothing else.
    private const uint Described = 0x1FF3_0FEF;

    private readonly TBus _bus;
    private readonly AxiPcieSettings _settings;

    private XilinxAxiHostBridge(TBus bus, AxiPcieSettings settings)
    {
        _bus = bus;
        _settings = settings;
    }

    /// <summary>The bridge's own registers.</summary>
    public AxiPcie.Registers<TBus> Registers => new(_bus, new RegisterAddress(_settings.Config.Address));

    /// <summary>Where config space is.</summary>
    public EcamWindow Window => _settings.Config;

    /// <inheritdoc/>
    public BusRange Buses => new(Window.FirstBus, Window.LastBus);

    /// <summary>Whether there is something at the other end of the link.</summary>
    public bool IsLinkUp
    {
        get
        {
            AxiPcie.Pscr status = Registers.Pscr.Read();
            return status.Value != uint.MaxValue && status.LinkUp;
        }
    }

    /// <summary>Takes a bridge over, by the policy of its settings. Whether the link is up does not matter yet.</summary>
    /// <param name="bus">The machine's registers.</param>
    /// <param name="settings">What the board decided.</param>
    /// <param name="bridge">The bridge; usable only when there is nothing to refuse.</param>
    /// <param name="refusal">The register that did not show what it should.</param>
    /// <returns>Whether the bridge can be used. If not, whatever was written has been put back.</returns>
    public static bool TryStart(TBus bus, AxiPcieSettings settings, out XilinxAxiHostBridge<TBus> bridge, out BridgeRefusal refusal)
    {
        bridge = default;
        XilinxAxiHostBridge<TBus> candidate = new(bus, settings);
        refusal = settings.Policy == BringUpPolicy.Hypervisor ? candidate.BringUp() : candidate.Check();
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
            BridgeChecklist list = default;
            list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Pscr, Registers.Pscr.Read().Value, LinkUp, LinkUp);
            refusal = list.Refusal;
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

    /// <summary>Takes the events that are not masked, but for those of the interrupt FIFO, which are left to its driver.</summary>
    public AxiPcie.Idr TakeEvents()
    {
        AxiPcie.Idr events = new(Registers.Idr.Read().Value & Registers.Imr.Read().Value & ~FifoEvents);
        if (events.Value != 0)
        {
            Registers.Idr.Write(events);
        }

        return events;
    }

    /// <summary>Takes the first entry of the error FIFO.</summary>
    /// <param name="error">What happened, and whose request it was.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeError(out AxiPcie.Rpefr error)
    {
        error = Registers.Rpefr.Read();
        bool valid = error.Value != uint.MaxValue && error.ErrValid;
        if (valid)
        {
            Registers.Rpefr.Write(new AxiPcie.Rpefr(uint.MaxValue));
        }

        return valid;
    }

    private RootPortSetup<XilinxAxiHostBridge<TBus>> RootPort => new(this, Window, _settings.Windows, _settings.Policy);

    private BridgeRefusal Check()
    {
        BridgeChecklist list = default;
        if (Window.LastBus <= (int)Window.FirstBus)
        {
            return new BridgeRefusal(BridgeBlock.Settings, 0, (uint)Window.LastBus, 0, 1);
        }

        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpsc, Registers.Rpsc.Read().Value, BridgeEnable, BridgeEnable);
        RootPort.Check(ref list);
        return list.Refusal;
    }

    // Every event is masked: the driver of the FIFO, and whoever wants the others, unmask what they take.
    private BridgeRefusal BringUp()
    {
        AxiPcie.Registers<TBus> registers = Registers;
        AxiPcie.Imr mask = registers.Imr.Read();
        AxiPcie.Rpsc control = registers.Rpsc.Read();
        BridgeChecklist list = default;
        list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Imr, mask.Value, 0, 0);
        if (!list.Require(BridgeBlock.AxiPcie, AxiPcie.Offsets.Rpsc, control.Value, 0, 0)
            || !RootPort.TryReadBuses(ref list, out uint buses) || !RootPort.TryReadWindows(ref list, out RootPortState port))
        {
            return list.Refusal;
        }

        registers.Imr.Write(default);
        registers.Idr.Write(new AxiPcie.Idr(Described));
        registers.Rpsc.Modify(control with { BridgeEnable = true });
        RootPort.Number(RootPort.OwnBuses);
        RootPort.Open(in port);
        BridgeRefusal refusal = Check();
        if (!refusal.IsNone)
        {
            RootPort.Restore(in port);
            RootPort.Number(buses);
            registers.Rpsc.Modify(control);
            registers.Imr.Write(mask);
        }

        return refusal;
    }

    [Sanitizes]
    private bool TryLocate(RequesterId function, uint offset, out RegisterAddress config)
    {
        bool isOwn = function.Bus == Window.FirstBus;
        bool exists = isOwn ? function.Device == 0 && function.Function == 0 : function.Bus != Window.FirstBus + 1 || function.Device == 0;
        if (!exists || offset >= EcamWindow.FunctionBytes || !Window.TryLocate(function, out RegisterAddress place) || (!isOwn && !IsLinkUp))
        {
            config = default;
            return false;
        }

        config = place + offset;
        return true;
    }
}
