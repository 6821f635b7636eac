using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Smmu;

/// <summary>
/// The combined interrupt of a ZynqMP's SMMU: every line of the MMU-500 ends in one status register, latched, with a mask that is closed after a reset; only through
/// it does any fault raise an interrupt.
/// </summary>
/// <typeparam name="TBus">How the registers are reached.</typeparam>
/// <remarks>Source: AMD UG1087, SMMU_REG; Xilinx QEMU hw/misc/xilinx-smmu_reg.c.</remarks>
public readonly struct ZynqmpSmmuInterrupt<TBus>
    where TBus : struct, IRegisterBus
{
    private const uint Faults = 0x1B;
    private const uint Described = 0x8000_001F;

    private readonly SmmuReg.Registers<TBus> _registers;

    /// <summary>Takes the registers.</summary>
    /// <param name="bus">How they are reached.</param>
    /// <param name="address">Where they are.</param>
    public ZynqmpSmmuInterrupt(TBus bus, RegisterAddress address)
    {
        _registers = new SmmuReg.Registers<TBus>(bus, address);
    }

    /// <summary>Lets faults raise the interrupt; performance counters do not.</summary>
    /// <returns>Whether the mask shows it.</returns>
    public bool TryOpen() => TryOpen(out _);

    /// <summary>Lets faults raise the interrupt, and says which register it was when they do not.</summary>
    /// <param name="refusal">The register that did not show what it should.</param>
    /// <returns>Whether the mask shows it. If not, everything is held back.</returns>
    public bool TryOpen(out BridgeRefusal refusal)
    {
        _registers.Isr0.Write(new SmmuReg.Isr0(Described));
        _registers.Ier0.Write(default(SmmuReg.Ier0) with { CombIrptNs = true, CombIrptS = true, GblFltIrptNs = true, GblFltIrptS = true, AddrDecodeErr = true });
        BridgeChecklist list = default;
        bool isOpen = list.Require(BridgeBlock.SmmuReg, SmmuReg.Offsets.Imr0, _registers.Imr0.Read().Value, Faults, 0);
        refusal = list.Refusal;
        if (!isOpen)
        {
            Close();
        }

        return isOpen;
    }

    /// <summary>Holds everything back.</summary>
    public void Close()
        => _registers.Idr0.Write(default(SmmuReg.Idr0) with { CombIrptNs = true, CombIrptS = true, CombPerfIrptTbu = true, GblFltIrptNs = true, GblFltIrptS = true, AddrDecodeErr = true });

    /// <summary>
    /// What the interrupt stands for. Take the faults of the SMMU then, and <see cref="Acknowledge"/> behind them: a line that is still up sets its bit again.
    /// </summary>
    public SmmuInterruptCauses Causes()
    {
        uint shown = _registers.Isr0.Read().Value;
        return new SmmuInterruptCauses(new SmmuReg.Isr0(shown == uint.MaxValue ? 0 : shown & Described & ~_registers.Imr0.Read().Value));
    }

    /// <summary>Clears the bits that were seen, and no others.</summary>
    public void Acknowledge(SmmuInterruptCauses causes) => _registers.Isr0.Write(new SmmuReg.Isr0(causes.Bits));
}
