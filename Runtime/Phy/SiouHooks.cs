using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Phy;

/// <summary>A domain says to the serial I/O unit which of its lanes SATA uses.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
internal struct SiouHooks<TBus>(TBus bus, PsGtrSettings settings, LaneArbiter arbiter, OwnerId owner) : Siou.IHardwareDomainHooks
    where TBus : struct, IRegisterBus
{
    private readonly TBus _bus = bus;
    private readonly PsGtrSettings _settings = settings;
    private readonly LaneArbiter _arbiter = arbiter;
    private readonly OwnerId _owner = owner;

    /// <summary>What named a lane that is not the domain's, or not SATA's.</summary>
    public uint Refused { get; private set; }

    private readonly Siou.Registers<TBus> Registers => new(_bus, _settings.Siou);

    public bool OwnsSataMiscCtrlSataPmClkSel([GuestControlled] uint index)
    {
        bool owns = Owns(index);
        Refused += owns ? 0u : 1u;
        return owns;
    }

    public readonly void WriteSataMiscCtrl(ref Siou.HardwareDomain view, Siou.SataMiscCtrl old, Siou.SataMiscCtrl value, Lanes lanes)
    {
        // The hook is called for a refused value too, with the old one, which may be nobody's lane.
        if (Owns(value.SataPmClkSel))
        {
            Registers.SataMiscCtrl.Modify(Registers.SataMiscCtrl.Read() with { SataPmClkSel = value.SataPmClkSel });
        }
    }

    private readonly bool Owns([GuestControlled] uint lane) => _arbiter.HasController(_owner, lane) && _arbiter.Plan[lane].Protocol == LaneProtocol.Sata;
}
