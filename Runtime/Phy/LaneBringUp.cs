using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Phy;

/// <summary>
/// The steps that bring a lane up: its controller into reset, the lane's analogue side and its connection, then, with the controller's last lane, the controller out of reset and the
/// waits. It takes nothing back.
/// </summary>
/// <typeparam name="TBus">A bus on which what is not kept stops everything.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <param name="blocks">The transceivers and their neighbours.</param>
/// <param name="plan">What the lanes are for.</param>
/// <param name="clock">What bounds the waits.</param>
/// <remarks>Source: psu_init of the ZCU102; Linux and U-Boot phy-zynqmp.c.</remarks>
internal readonly struct LaneBringUp<TBus, TClock>(PsGtrBlocks<TBus> blocks, LanePlan plan, TClock clock)
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    private const uint PcieWorkaround = 1;
    private const uint PoweredDown = 0xA;

    private readonly PsGtrBlocks<TBus> _blocks = blocks;
    private readonly LanePlan _plan = plan;
    private readonly TClock _clock = clock;

    /// <summary>Puts the controller of a lane into reset.</summary>
    public void Hold(uint lane)
    {
        if (_plan[lane].Protocol == LaneProtocol.DisplayPort)
        {
            _blocks.Display.DpTxPhyPowerDown.Modify(_blocks.Display.DpTxPhyPowerDown.Read() with { PowerDwn = PoweredDown });
            _blocks.Display.DpPhyReset.Modify(_blocks.Display.DpPhyReset.Read() with { GtReset = true });
        }

        new ControllerResets<TBus>(_blocks).Set(_plan[lane], isHeld: true);
    }

    /// <summary>Measures the termination and forces what was measured. No lane is in use.</summary>
    public bool Terminate(uint lane, out SequenceFailure failure)
        => PsGtr.TryTermination(_blocks.Serdes, _clock, lane, (uint)_plan[lane].Protocol, out failure);

    /// <summary>Sets the lane's clock, PLL and analogue side, and connects it.</summary>
    public bool SetUp(uint lane, out SequenceFailure failure)
    {
        LaneSetup setup = _plan[lane];
        _ = LaneClock.TryFind(setup.ReferenceHertz, out LaneClock spread);
        uint clock = setup.ReferenceClock;
        switch (setup.Protocol)
        {
            case LaneProtocol.Pcie:
                return PsGtr.TryLanePcie(_blocks.Serdes, _clock, lane, spread.Code, clock, out failure);
            case LaneProtocol.Sata:
                return PsGtr.TryLaneSata(_blocks.Serdes, _clock, lane, spread.Code, clock, spread.Steps, spread.StepSize, out failure);
            case LaneProtocol.Usb3:
                return PsGtr.TryLaneUsb3(_blocks.Serdes, _clock, lane, spread.Code, clock, spread.Steps, spread.StepSize, out failure);
            case LaneProtocol.DisplayPort:
                return PsGtr.TryLaneDp(_blocks.Serdes, _clock, lane, spread.Code, clock, spread.Steps, spread.StepSize, out failure);
            default:
                return PsGtr.TryLaneSgmii(_blocks.Serdes, _clock, lane, spread.Code, clock, out failure);
        }
    }

    /// <summary>Takes the controller out of reset.</summary>
    /// <param name="lane">The last of its lanes.</param>
    /// <param name="failure">The register of the core's attributes at which it ended.</param>
    public bool Release(uint lane, out SequenceFailure failure)
    {
        failure = default;
        LaneSetup setup = _plan[lane];
        ControllerResets<TBus> resets = new(_blocks);
        switch (setup.Protocol)
        {
            case LaneProtocol.Pcie:
                _blocks.Siou.Eco0.Write(new Siou.Eco0(PcieWorkaround));
                resets.ReleasePcieConfiguration();
                // One, two or four lanes: the plan has no other width.
                if (!NwlAttributes.TryRootPort(_blocks.Pcie, _clock, _plan.PcieWidth >> 1, out failure))
                {
                    return false;
                }

                break;
            case LaneProtocol.Sata:
                _blocks.Siou.SataMiscCtrl.Modify(_blocks.Siou.SataMiscCtrl.Read() with { SataPmClkSel = lane });
                break;
            case LaneProtocol.Usb3:
                resets.ReleaseUsbRegisters(setup.Instance);
                _blocks.Usb(setup.Instance).FpdPowerPrsnt.Modify(_blocks.Usb(setup.Instance).FpdPowerPrsnt.Read() with { Option = true });
                _blocks.Usb(setup.Instance).FpdPipeClk.Modify(_blocks.Usb(setup.Instance).FpdPipeClk.Read() with { Option = false });
                break;
            case LaneProtocol.Sgmii:
                new EthernetClocking<TBus>(_blocks.Ethernet).UseLane(setup.Instance);
                break;
            default:
                break;
        }

        resets.Set(setup, isHeld: false);
        if (setup.Protocol == LaneProtocol.DisplayPort)
        {
            _blocks.Display.DpPhyReset.Modify(_blocks.Display.DpPhyReset.Read() with { GtReset = false });
            _blocks.Display.DpTxPhyPowerDown.Modify(_blocks.Display.DpTxPhyPowerDown.Read() with { PowerDwn = 0 });
        }

        return true;
    }

    /// <summary>Waits for the calibration, which all lanes share, and for the PLL that the lane's controller uses.</summary>
    public bool Wait(uint lane, out SequenceFailure failure)
        => PsGtr.TryCalibrated(_blocks.Serdes, _clock, out failure) && PsGtr.TryLaneLocked(_blocks.Serdes, _clock, _plan.PllOf(lane), out failure);

    /// <summary>What only a running controller can be told.</summary>
    public void Finish(uint lane)
    {
        if (_plan[lane].Protocol == LaneProtocol.Sata)
        {
            _blocks.Sata.Pp2c.Write(new SataAhciVendor.Pp2c(0x2818_4018));
            _blocks.Sata.Pp3c.Write(new SataAhciVendor.Pp3c(0x0E08_1406));
            _blocks.Sata.Pp4c.Write(new SataAhciVendor.Pp4c(0x064A_0813));
            _blocks.Sata.Pp5c.Write(new SataAhciVendor.Pp5c(0x3FFC_96A4));
        }
    }
}
