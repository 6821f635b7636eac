using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Phy;

/// <summary>The interconnect matrix: two registers with four bits for each lane.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <param name="serdes">The transceivers' registers.</param>
internal readonly struct Interconnect<TBus>(PsGtr.Registers<TBus> serdes)
    where TBus : struct, IRegisterBus
{
    private const uint FieldMask = 7;

    private readonly PsGtr.Registers<TBus> _serdes = serdes;

    /// <summary>Where a lane's field begins in its register.</summary>
    public static int Shift(uint lane) => (int)(lane & 1) * 4;

    /// <summary>Leads a lane to a protocol's controller, or to none; the other lanes' fields are left as they are.</summary>
    public void Connect(uint lane, LaneProtocol protocol)
    {
        if (lane < 2)
        {
            _serdes.IcmCfg0.Modify(new PsGtr.IcmCfg0(With(_serdes.IcmCfg0.Read().Value, lane, protocol)));
        }
        else
        {
            _serdes.IcmCfg1.Modify(new PsGtr.IcmCfg1(With(_serdes.IcmCfg1.Read().Value, lane, protocol)));
        }
    }

    private static uint With(uint value, uint lane, LaneProtocol protocol) => (value & ~(FieldMask << Shift(lane))) | ((uint)protocol << Shift(lane));
}
