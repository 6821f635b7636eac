using Sluice.Registers;
using Sluice.Runtime.Blocks;

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
    public bool TryOpen()
    {
        _registers.Isr0.Write(new SmmuReg.Isr0(uint.MaxValue));
        _registers.Ier0.Write(default(SmmuReg.Ier0) with { CombIrptNs = true, CombIrptS = true, GblFltIrptNs = true, GblFltIrptS = true, AddrDecodeErr = true });
        SmmuReg.Imr0 mask = _registers.Imr0.Read();
        return !(mask.CombIrptNs || mask.CombIrptS || mask.GblFltIrptNs || mask.GblFltIrptS);
    }

    /// <summary>Holds everything back.</summary>
    public void Close()
        => _registers.Idr0.Write(default(SmmuReg.Idr0) with { CombIrptNs = true, CombIrptS = true, CombPerfIrptTbu = true, GblFltIrptNs = true, GblFltIrptS = true, AddrDecodeErr = true });

    /// <summary>
    /// What the interrupt stands for. Take the faults of the SMMU then, and <see cref="Acknowledge"/> behind them: a line that is still up sets its bit again.
    /// </summary>
    public SmmuInterruptCauses Causes() => new(new SmmuReg.Isr0(_registers.Isr0.Read().Value & ~_registers.Imr0.Read().Value));

    /// <summary>Clears the bits that were seen, and no others.</summary>
    public void Acknowledge(SmmuInterruptCauses causes) => _registers.Isr0.Write(new SmmuReg.Isr0(causes.Bits));
}
