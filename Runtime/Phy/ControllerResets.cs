using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Phy;

/// <summary>The resets of the controllers that lanes lead to. Bits of others are left as they are.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <param name="blocks">The transceivers' neighbours.</param>
/// <remarks>Source: UG1087, RST_FPD_TOP, RST_LPD_TOP, RST_LPD_IOU0; one holds in reset.</remarks>
internal readonly struct ControllerResets<TBus>(PsGtrBlocks<TBus> blocks)
    where TBus : struct, IRegisterBus
{
    private const uint UsbBits = 0x540;

    private readonly PsGtrBlocks<TBus> _blocks = blocks;

    /// <summary>The reset bits of a lane's controller in RST_FPD_TOP.</summary>
    public static uint FullPower(LaneSetup setup) => setup.Protocol switch
    {
        LaneProtocol.Pcie => (default(CrfApb.RstFpdTop) with { PcieCtrlReset = true, PcieBridgeReset = true, PcieCfgReset = true }).Value,
        LaneProtocol.Sata => (default(CrfApb.RstFpdTop) with { SataReset = true }).Value,
        LaneProtocol.DisplayPort => (default(CrfApb.RstFpdTop) with { DpReset = true }).Value,
        _ => 0,
    };

    /// <summary>Those in RST_LPD_TOP.</summary>
    public static uint LowPower(LaneSetup setup) => setup.Protocol == LaneProtocol.Usb3 ? UsbBits << (int)(setup.Instance & 1) : 0;

    /// <summary>Those in RST_LPD_IOU0.</summary>
    public static uint Ethernet(LaneSetup setup) => setup.Protocol == LaneProtocol.Sgmii ? 1u << (int)(setup.Instance & 3) : 0;

    /// <summary>Holds a lane's controller in reset, or lets it go.</summary>
    public void Set(LaneSetup setup, bool isHeld)
    {
        if (FullPower(setup) is uint full and not 0)
        {
            uint others = _blocks.FullPower.RstFpdTop.Read().Value & ~full;
            _blocks.FullPower.RstFpdTop.Modify(new CrfApb.RstFpdTop(isHeld ? others | full : others));
        }

        if (LowPower(setup) is uint low and not 0)
        {
            uint others = _blocks.LowPower.RstLpdTop.Read().Value & ~low;
            _blocks.LowPower.RstLpdTop.Modify(new CrlApb.RstLpdTop(isHeld ? others | low : others));
        }

        if (Ethernet(setup) is uint ethernet and not 0)
        {
            uint others = _blocks.LowPower.RstLpdIou0.Read().Value & ~ethernet;
            _blocks.LowPower.RstLpdIou0.Modify(new CrlApb.RstLpdIou0(isHeld ? others | ethernet : others));
        }
    }

    /// <summary>Lets the configuration and the bridge of the PCI Express core go, whose registers are dead before; the core itself stays in reset, as it takes its attributes over then.</summary>
    public void ReleasePcieConfiguration()
        => _blocks.FullPower.RstFpdTop.Modify(_blocks.FullPower.RstFpdTop.Read() with { PcieCfgReset = false, PcieBridgeReset = false });

    /// <summary>Lets the registers of a USB controller go, before the controller.</summary>
    public void ReleaseUsbRegisters(uint controller)
    {
        CrlApb.RstLpdTop top = _blocks.LowPower.RstLpdTop.Read();
        _blocks.LowPower.RstLpdTop.Modify(controller == 0 ? top with { Usb0ApbReset = false } : top with { Usb1ApbReset = false });
    }
}
