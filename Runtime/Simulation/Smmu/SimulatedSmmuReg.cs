using Sluice.Registers;
using Sluice.Simulation.Blocks;

namespace Sluice.Simulation;

/// <summary>What surrounds the SMMU of a ZynqMP: the register that latches its lines into one interrupt, with a mask that is closed after a reset.</summary>
/// <remarks>Source: Xilinx QEMU hw/misc/xilinx-smmu_reg.c.</remarks>
public sealed class SimulatedSmmuReg : ISimulatedDevice
{
    /// <summary>Bytes of its registers.</summary>
    public const ulong SizeBytes = SmmuReg.SizeBytes;

    private readonly SimulatedSmmu500 _smmu;
    private SmmuReg.Hardware _registers;

    /// <summary>Makes it as it is after a reset.</summary>
    /// <param name="smmu">Whose lines it takes.</param>
    public SimulatedSmmuReg(SimulatedSmmu500 smmu)
    {
        _smmu = smmu;
        _registers.Reset(ResetKind.PowerOn);
        smmu.LinesChanged = Latch;
    }

    /// <summary>Whether the combined interrupt is raised.</summary>
    public bool IsRaised => (_registers.Isr0.Value & ~_registers.Imr0.Value) != 0;

    /// <inheritdoc/>
    public ulong Read(ulong offset, AccessWidth width)
    {
        _registers.Read((uint)offset, width, out ulong value);
        return value;
    }

    /// <inheritdoc/>
    public void Write(ulong offset, AccessWidth width, ulong value)
    {
        _registers.Write((uint)offset, width, new GuestValue(value));
        uint bits = (uint)value & 0x8000_001F;
        switch ((uint)offset)
        {
            case SmmuReg.Offsets.Ier0:
                _registers.Imr0 = new SmmuReg.Imr0(_registers.Imr0.Value & ~bits);
                break;
            case SmmuReg.Offsets.Idr0:
                _registers.Imr0 = new SmmuReg.Imr0(_registers.Imr0.Value | bits);
                break;
            case SmmuReg.Offsets.Itr0:
                _registers.Isr0 = new SmmuReg.Isr0(_registers.Isr0.Value | bits);
                break;
            default:
                break;
        }

        Latch();
    }

    private void Latch() => _registers.Isr0 = _registers.Isr0 with
    {
        CombIrptNs = _registers.Isr0.CombIrptNs || _smmu.IsContextRaised,
        GblFltIrptNs = _registers.Isr0.GblFltIrptNs || _smmu.IsGlobalRaised,
    };
}
