using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Smmu;

/// <summary>What the combined interrupt of a ZynqMP's SMMU stands for at a moment.</summary>
/// <param name="status">The status register, without what is held back.</param>
public readonly struct SmmuInterruptCauses(SmmuReg.Isr0 status)
{
    /// <summary>The bits, as ISR_0 has them.</summary>
    public uint Bits { get; } = status.Value;

    /// <summary>Whether there is any cause.</summary>
    public bool Any => Bits != 0;

    /// <summary>Whether a context bank or the SMMU as a whole has reported a fault.</summary>
    public bool IsFault
    {
        get
        {
            SmmuReg.Isr0 status = new(Bits);
            return status.CombIrptNs || status.CombIrptS || status.GblFltIrptNs || status.GblFltIrptS;
        }
    }

    /// <summary>Whether software touched a register that is not there.</summary>
    public bool IsBadAccess => new SmmuReg.Isr0(Bits).AddrDecodeErr;
}
