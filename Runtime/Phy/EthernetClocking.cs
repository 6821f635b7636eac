using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Phy;

/// <summary>Leads an Ethernet controller's clocks to its lane.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <param name="registers">The registers that say so.</param>
/// <remarks>Source: U-Boot phy-zynqmp.c: reference from the lane, SGMII mode, signal detection forced.</remarks>
internal readonly struct EthernetClocking<TBus>(IouSlcr.Registers<TBus> registers)
    where TBus : struct, IRegisterBus
{
    private readonly IouSlcr.Registers<TBus> _registers = registers;

    /// <summary>For one controller.</summary>
    public void UseLane(uint controller)
    {
        IouSlcr.GemClkCtrl clock = _registers.GemClkCtrl.Read();
        IouSlcr.GemCtrl control = _registers.GemCtrl.Read();
        _registers.GemClkCtrl.Modify(controller switch
        {
            0 => clock with { Gem0FifoClkSel = false, Gem0SgmiiMode = true, Gem0RefSrcSel = true, Gem0RxSrcSel = false },
            1 => clock with { Gem1FifoClkSel = false, Gem1SgmiiMode = true, Gem1RefSrcSel = true, Gem1RxSrcSel = false },
            2 => clock with { Gem2FifoClkSel = false, Gem2SgmiiMode = true, Gem2RefSrcSel = true, Gem2RxSrcSel = false },
            _ => clock with { Gem3FifoClkSel = false, Gem3SgmiiMode = true, Gem3RefSrcSel = true, Gem3RxSrcSel = false },
        });
        _registers.GemCtrl.Modify(controller switch
        {
            0 => control with { Gem0SgmiiSd = 1 },
            1 => control with { Gem1SgmiiSd = 1 },
            2 => control with { Gem2SgmiiSd = 1 },
            _ => control with { Gem3SgmiiSd = 1 },
        });
    }
}
