using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Phy;

/// <summary>A domain resets the controllers of its lanes; of the same registers all other bits stay as they are.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
internal struct ResetHooks<TBus>(TBus bus, PsGtrSettings settings, LaneArbiter arbiter, OwnerId owner) : CrfApb.IHardwareDomainHooks, CrlApb.IHardwareDomainHooks
    where TBus : struct, IRegisterBus
{
    private const uint FullPowerShown = 0xF_0002;
    private const uint LowPowerShown = 0xFC0;
    private const uint EthernetShown = 0xF;

    private readonly TBus _bus = bus;
    private readonly PsGtrSettings _settings = settings;
    private readonly LaneArbiter _arbiter = arbiter;
    private readonly OwnerId _owner = owner;

    /// <summary>What reached for a controller of somebody else.</summary>
    public uint Refused { get; private set; }

    private readonly PsGtrBlocks<TBus> Blocks => new(_bus, _settings);

    public readonly CrfApb.RstFpdTop ReadRstFpdTop(ref CrfApb.HardwareDomain view, CrfApb.RstFpdTop stored, Lanes lanes) => Blocks.FullPower.RstFpdTop.Read();

    public readonly CrlApb.RstLpdTop ReadRstLpdTop(ref CrlApb.HardwareDomain view, CrlApb.RstLpdTop stored, Lanes lanes) => Blocks.LowPower.RstLpdTop.Read();

    public readonly CrlApb.RstLpdIou0 ReadRstLpdIou0(ref CrlApb.HardwareDomain view, CrlApb.RstLpdIou0 stored, Lanes lanes) => Blocks.LowPower.RstLpdIou0.Read();

    public void WriteRstFpdTop(ref CrfApb.HardwareDomain view, CrfApb.RstFpdTop old, CrfApb.RstFpdTop value, Lanes lanes)
    {
        uint own = 0;
        for (uint lane = 0; lane < LaneMatrix.Lanes; lane++)
        {
            own |= _arbiter.HasController(_owner, lane) ? ControllerResets<TBus>.FullPower(_arbiter.Plan[lane]) : 0;
        }

        Blocks.FullPower.RstFpdTop.Modify(new CrfApb.RstFpdTop(Merge(Blocks.FullPower.RstFpdTop.Read().Value, value.Value, own, FullPowerShown, lanes)));
    }

    public void WriteRstLpdTop(ref CrlApb.HardwareDomain view, CrlApb.RstLpdTop old, CrlApb.RstLpdTop value, Lanes lanes)
    {
        uint own = 0;
        for (uint lane = 0; lane < LaneMatrix.Lanes; lane++)
        {
            own |= _arbiter.HasController(_owner, lane) ? ControllerResets<TBus>.LowPower(_arbiter.Plan[lane]) : 0;
        }

        Blocks.LowPower.RstLpdTop.Modify(new CrlApb.RstLpdTop(Merge(Blocks.LowPower.RstLpdTop.Read().Value, value.Value, own, LowPowerShown, lanes)));
    }

    public void WriteRstLpdIou0(ref CrlApb.HardwareDomain view, CrlApb.RstLpdIou0 old, CrlApb.RstLpdIou0 value, Lanes lanes)
    {
        uint own = 0;
        for (uint lane = 0; lane < LaneMatrix.Lanes; lane++)
        {
            own |= _arbiter.HasController(_owner, lane) ? ControllerResets<TBus>.Ethernet(_arbiter.Plan[lane]) : 0;
        }

        Blocks.LowPower.RstLpdIou0.Modify(new CrlApb.RstLpdIou0(Merge(Blocks.LowPower.RstLpdIou0.Read().Value, value.Value, own, EthernetShown, lanes)));
    }

    // Bytes that were not written stand for nothing: what is stored of them may be older than the hardware's.
    private uint Merge(uint now, uint wanted, uint own, uint shown, Lanes lanes)
    {
        Refused += ((now ^ wanted) & shown & lanes.Mask32 & ~own) == 0 ? 0u : 1u;
        uint changed = own & lanes.Mask32;
        return (now & ~changed) | (wanted & changed);
    }
}
