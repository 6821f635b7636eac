using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Phy;

/// <summary>What a domain's accesses to the transceivers come to: each register is of one lane, or holds a field for each.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
internal struct SerdesHooks<TBus>(TBus bus, PsGtrSettings settings, LaneArbiter arbiter, OwnerId owner) : PsGtr.IHardwareDomainHooks
    where TBus : struct, IRegisterBus
{
    private const uint LaneBytes = 0x4000;
    private const uint WordBytes = 4;
    private const uint ProtocolMask = 7;
    private const uint WidthMask = 3;

    private readonly TBus _bus = bus;
    private readonly PsGtrSettings _settings = settings;
    private readonly LaneArbiter _arbiter = arbiter;
    private readonly OwnerId _owner = owner;

    /// <summary>What reached for something of somebody else.</summary>
    public uint Refused { get; private set; }

    private readonly PsGtr.Registers<TBus> Registers => new(_bus, _settings.Serdes);

    /// <inheritdoc/>
    public readonly ulong ReadHardware(uint offset, AccessWidth width)
        => IsState(offset) || _arbiter.Has(_owner, LaneOf(offset)) ? MachineAccess.Read(_bus, _settings.Serdes + offset, width) : 0;

    /// <inheritdoc/>
    public void WriteHardware(uint offset, AccessWidth width, [HardwareSink] ulong value)
    {
        if (!IsState(offset) && _arbiter.Has(_owner, LaneOf(offset)))
        {
            MachineAccess.Write(_bus, _settings.Serdes + offset, width, value);
        }
        else
        {
            Refused++;
        }
    }

    public readonly PsGtr.IcmCfg0 ReadIcmCfg0(ref PsGtr.HardwareDomain view, PsGtr.IcmCfg0 stored, Lanes lanes) => Registers.IcmCfg0.Read();

    public readonly PsGtr.IcmCfg1 ReadIcmCfg1(ref PsGtr.HardwareDomain view, PsGtr.IcmCfg1 stored, Lanes lanes) => Registers.IcmCfg1.Read();

    public void WriteIcmCfg0(ref PsGtr.HardwareDomain view, PsGtr.IcmCfg0 old, PsGtr.IcmCfg0 value, Lanes lanes)
    {
        PsGtr.IcmCfg0 now = Registers.IcmCfg0.Read();
        Registers.IcmCfg0.Modify(new PsGtr.IcmCfg0(Connect(Connect(now.Value, value.Value, 0), value.Value, 1)));
    }

    public void WriteIcmCfg1(ref PsGtr.HardwareDomain view, PsGtr.IcmCfg1 old, PsGtr.IcmCfg1 value, Lanes lanes)
    {
        PsGtr.IcmCfg1 now = Registers.IcmCfg1.Read();
        Registers.IcmCfg1.Modify(new PsGtr.IcmCfg1(Connect(Connect(now.Value, value.Value, 2), value.Value, 3)));
    }

    public readonly PsGtr.TxProtBusWidth ReadTxProtBusWidth(ref PsGtr.HardwareDomain view, PsGtr.TxProtBusWidth stored, Lanes lanes) => Registers.TxProtBusWidth.Read();

    public readonly PsGtr.RxProtBusWidth ReadRxProtBusWidth(ref PsGtr.HardwareDomain view, PsGtr.RxProtBusWidth stored, Lanes lanes) => Registers.RxProtBusWidth.Read();

    public readonly void WriteTxProtBusWidth(ref PsGtr.HardwareDomain view, PsGtr.TxProtBusWidth old, PsGtr.TxProtBusWidth value, Lanes lanes)
        => Registers.TxProtBusWidth.Modify(new PsGtr.TxProtBusWidth(Widths(Registers.TxProtBusWidth.Read().Value, value.Value)));

    public readonly void WriteRxProtBusWidth(ref PsGtr.HardwareDomain view, PsGtr.RxProtBusWidth old, PsGtr.RxProtBusWidth value, Lanes lanes)
        => Registers.RxProtBusWidth.Modify(new PsGtr.RxProtBusWidth(Widths(Registers.RxProtBusWidth.Read().Value, value.Value)));

    // The choice of clocks lies together, not in the lanes' own quarters.
    private static uint LaneOf(uint offset)
        => offset - PsGtr.Offsets.L0L0RefClkSel < LaneMatrix.Lanes * WordBytes ? (offset - PsGtr.Offsets.L0L0RefClkSel) / WordBytes
            : offset - PsGtr.Offsets.PllRefSel0 < LaneMatrix.Lanes * WordBytes ? (offset - PsGtr.Offsets.PllRefSel0) / WordBytes
            : offset / LaneBytes;

    private static bool IsState(uint offset)
        => (offset & ~3u) == PsGtr.Offsets.L3CalibDoneStatus
            || (offset < LaneMatrix.Lanes * LaneBytes && (offset % LaneBytes & ~3u) is PsGtr.Offsets.LnPllStatusRead1 or PsGtr.Offsets.LnTxpmaSt3);

    // A lane goes to the controller that it was given with, or to none.
    private uint Connect(uint now, uint wanted, uint lane)
    {
        int shift = Interconnect<TBus>.Shift(lane);
        uint field = ProtocolMask << shift;
        uint protocol = (wanted & field) >> shift;
        bool mayBe = _arbiter.Has(_owner, lane) && (protocol == 0 || protocol == (uint)_arbiter.Plan[lane].Protocol);
        Refused += mayBe || ((now ^ wanted) & field) == 0 ? 0u : 1u;
        return mayBe ? (now & ~field) | (wanted & field) : now;
    }

    private readonly uint Widths(uint now, uint wanted)
    {
        uint own = 0;
        for (uint lane = 0; lane < LaneMatrix.Lanes; lane++)
        {
            own |= _arbiter.Has(_owner, lane) ? WidthMask << (int)(lane * 2) : 0;
        }

        return (now & ~own) | (wanted & own);
    }
}
