using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Phy;

/// <summary>What must be so of the lanes of a plan, whoever brought them up. It only reads, and nothing but the transceivers.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <param name="serdes">The transceivers' registers.</param>
/// <param name="plan">The lanes.</param>
internal readonly struct PsGtrChecklist<TBus>(PsGtr.Registers<TBus> serdes, LanePlan plan)
    where TBus : struct, IRegisterBus
{
    private const uint Calibrated = 2;
    private const uint Locked = 0x10;
    private const uint ProtocolMask = 7;
    private const uint FrequencyMask = 0x1F;
    private const uint BufferMask = 0x9F;
    private const uint OwnBuffer = 0x80;
    private const uint WordBytes = 4;

    private readonly PsGtr.Registers<TBus> _serdes = serdes;
    private readonly LanePlan _plan = plan;

    /// <summary>Goes through the list for every lane of a protocol, or of all.</summary>
    /// <param name="protocol">The protocol; none for all.</param>
    /// <returns>The first thing that is not so, or nothing.</returns>
    public BridgeRefusal Check(LaneProtocol protocol)
    {
        BridgeChecklist list = default;
        list.Require(BridgeBlock.LanePlan, 0, (uint)_plan.Problem, 0, protocol == LaneProtocol.Pcie && _plan.PcieWidth == 0 ? 1u : 0);
        for (uint lane = 0; lane < LaneMatrix.Lanes && list.Passes; lane++)
        {
            LaneProtocol speaks = _plan[lane].Protocol;
            if (speaks != LaneProtocol.None && (protocol == LaneProtocol.None || protocol == speaks))
            {
                Check(ref list, lane);
            }
        }

        return list.Refusal;
    }

    /// <summary>What a lane's choice of a clock buffer should be.</summary>
    private static uint Buffer(uint lane, LaneSetup setup) => setup.ReferenceClock == lane ? OwnBuffer : 1u << (int)setup.ReferenceClock;

    /// <summary>Whether a lane is connected, clocked, calibrated, and its PLL locked.</summary>
    private void Check(ref BridgeChecklist list, uint lane)
    {
        LaneSetup setup = _plan[lane];
        int shift = Interconnect<TBus>.Shift(lane);
        uint connected = lane < 2 ? _serdes.IcmCfg0.Read().Value : _serdes.IcmCfg1.Read().Value;
        uint place = lane < 2 ? PsGtr.Offsets.IcmCfg0 : PsGtr.Offsets.IcmCfg1;
        list.Require(BridgeBlock.PsGtr, place, connected, ProtocolMask << shift, (uint)setup.Protocol << shift);
        if (LaneClock.TryFind(setup.ReferenceHertz, out LaneClock clock))
        {
            list.Require(BridgeBlock.PsGtr, PsGtr.Offsets.PllRefSel0 + (lane * WordBytes), Frequency(lane), FrequencyMask, clock.Code);
            list.Require(BridgeBlock.PsGtr, PsGtr.Offsets.L0L0RefClkSel + (lane * WordBytes), Source(lane), BufferMask, Buffer(lane, setup));
        }

        list.Require(BridgeBlock.PsGtr, PsGtr.Offsets.L3CalibDoneStatus, _serdes.L3CalibDoneStatus.Read().Value, Calibrated, Calibrated);
        uint pll = _plan.PllOf(lane);
        if (_serdes.LnPllStatusRead1.TryIndex(pll, out RegisterIndex<PsGtr.LnPllStatusRead1> index))
        {
            Register<TBus, PsGtr.LnPllStatusRead1> status = _serdes.LnPllStatusRead1[index];
            list.Require(BridgeBlock.PsGtr, (uint)(status.Address.Value - _serdes.IcmCfg0.Address.Value) + PsGtr.Offsets.IcmCfg0, status.Read().Value, Locked, Locked);
        }
    }

    private uint Frequency(uint lane) => lane switch
    {
        0 => _serdes.PllRefSel0.Read().Value,
        1 => _serdes.PllRefSel1.Read().Value,
        2 => _serdes.PllRefSel2.Read().Value,
        _ => _serdes.PllRefSel3.Read().Value,
    };

    private uint Source(uint lane) => lane switch
    {
        0 => _serdes.L0L0RefClkSel.Read().Value,
        1 => _serdes.L0L1RefClkSel.Read().Value,
        2 => _serdes.L0L2RefClkSel.Read().Value,
        _ => _serdes.L0L3RefClkSel.Read().Value,
    };
}
