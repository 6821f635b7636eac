using Sluice.Hypervisor.Processor;

namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>
/// The processor's identification registers as a guest reads them (HCR_EL2.TID3): without what this hypervisor neither saves nor emulates.
/// Source: Arm DDI 0487, ID_AA64PFR0_EL1 and its neighbours.
/// </summary>
internal static class FeatureRegisters
{
    private const uint ProcessorFeatures0 = 0x40;
    private const uint ProcessorFeatures1 = 0x41;
    private const uint ScalableVector = 0x44;
    private const uint ScalableMatrix = 0x45;
    private const uint DebugFeatures0 = 0x50;
    private const uint DebugFeatures1 = 0x51;
    private const uint MemoryModel2 = 0x72;

    // AMU, MPAM, SEL2, SVE, RAS, GIC system registers, EL3 and EL2.
    private const ulong HiddenProcessorFeatures0 = 0x0000_FFFF_FF00_FF00 | (0xFul << 24);

    // MTE, RAS fraction, SME, NMI and what follows: only BT and SSBS stay.
    private const ulong ShownProcessorFeatures1 = 0xFF;

    // Debug version, breakpoints, watchpoints and contexts stay; the PMU, trace, SPE and their like do not.
    private const ulong ShownDebugFeatures0 = 0xF0F0_F00F;

    // Nested virtualization.
    private const ulong HiddenMemoryModel2 = 0xFul << 24;

    /// <summary>The value of the register with op0 3, op1 0, CRn 0.</summary>
    /// <param name="crm">CRm, 1 to 7.</param>
    /// <param name="op2">op2, 0 to 7.</param>
    public static ulong Read(uint crm, uint op2)
    {
        ulong value = SystemRegisters.ReadFeatureRegister(crm, op2);
        return ((crm << 4) | op2) switch
        {
            // EL1 and EL0 keep their fields, and FP with SIMD.
            ProcessorFeatures0 => value & ~HiddenProcessorFeatures0,
            ProcessorFeatures1 => value & ShownProcessorFeatures1,
            ScalableVector or ScalableMatrix or DebugFeatures1 => 0,
            DebugFeatures0 => value & ShownDebugFeatures0,
            MemoryModel2 => value & ~HiddenMemoryModel2,
            _ => value,
        };
    }
}
