using System.Runtime.InteropServices;

namespace Sluice.Hypervisor.Processor;

/// <summary>
/// System registers, barriers and maintenance operations by their architectural names (Arm DDI 0487); the routines are in registers.S.
/// A write ends in an instruction barrier, so it is in force on return.
/// </summary>
internal static class SystemRegisters
{
    [DllImport("el2", EntryPoint = "read_vbar_el1")]
    [SuppressGCTransition]
    public static extern ulong ReadVbarEl1();

    [DllImport("el2", EntryPoint = "read_cntpct_el0")]
    [SuppressGCTransition]
    public static extern ulong ReadCntpctEl0();

    [DllImport("el2", EntryPoint = "read_cntvct_el0")]
    [SuppressGCTransition]
    public static extern ulong ReadCntvctEl0();

    [DllImport("el2", EntryPoint = "read_cntfrq_el0")]
    [SuppressGCTransition]
    public static extern ulong ReadCntfrqEl0();

    [DllImport("el2", EntryPoint = "read_midr_el1")]
    [SuppressGCTransition]
    public static extern ulong ReadMidrEl1();

    [DllImport("el2", EntryPoint = "read_mpidr_el1")]
    [SuppressGCTransition]
    public static extern ulong ReadMpidrEl1();

    [DllImport("el2", EntryPoint = "read_id_aa64mmfr0_el1")]
    [SuppressGCTransition]
    public static extern ulong ReadIdAa64Mmfr0El1();

    [DllImport("el2", EntryPoint = "read_mdcr_el2")]
    [SuppressGCTransition]
    public static extern ulong ReadMdcrEl2();

    [DllImport("el2", EntryPoint = "write_hcr_el2")]
    [SuppressGCTransition]
    public static extern void WriteHcrEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_vttbr_el2")]
    [SuppressGCTransition]
    public static extern void WriteVttbrEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_vtcr_el2")]
    [SuppressGCTransition]
    public static extern void WriteVtcrEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_vpidr_el2")]
    [SuppressGCTransition]
    public static extern void WriteVpidrEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_vmpidr_el2")]
    [SuppressGCTransition]
    public static extern void WriteVmpidrEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_cnthctl_el2")]
    [SuppressGCTransition]
    public static extern void WriteCnthctlEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_cntvoff_el2")]
    [SuppressGCTransition]
    public static extern void WriteCntvoffEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_mdcr_el2")]
    [SuppressGCTransition]
    public static extern void WriteMdcrEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_hstr_el2")]
    [SuppressGCTransition]
    public static extern void WriteHstrEl2(ulong value);

    [DllImport("el2", EntryPoint = "write_sctlr_el1")]
    [SuppressGCTransition]
    public static extern void WriteSctlrEl1(ulong value);

    [DllImport("el2", EntryPoint = "write_cpacr_el1")]
    [SuppressGCTransition]
    public static extern void WriteCpacrEl1(ulong value);

    [DllImport("el2", EntryPoint = "write_cntkctl_el1")]
    [SuppressGCTransition]
    public static extern void WriteCntkctlEl1(ulong value);

    [DllImport("el2", EntryPoint = "write_cntv_ctl_el0")]
    [SuppressGCTransition]
    public static extern void WriteCntvCtlEl0(ulong value);

    [DllImport("el2", EntryPoint = "write_cntp_ctl_el0")]
    [SuppressGCTransition]
    public static extern void WriteCntpCtlEl0(ulong value);

    [DllImport("el2", EntryPoint = "write_elr_el1")]
    [SuppressGCTransition]
    public static extern void WriteElrEl1(ulong value);

    [DllImport("el2", EntryPoint = "write_spsr_el1")]
    [SuppressGCTransition]
    public static extern void WriteSpsrEl1(ulong value);

    [DllImport("el2", EntryPoint = "write_esr_el1")]
    [SuppressGCTransition]
    public static extern void WriteEsrEl1(ulong value);

    [DllImport("el2", EntryPoint = "write_far_el1")]
    [SuppressGCTransition]
    public static extern void WriteFarEl1(ulong value);

    /// <summary>An identification register, op0 3, op1 0, CRn 0; CRm 1 to 7, op2 0 to 7.</summary>
    [DllImport("el2", EntryPoint = "read_feature_register")]
    [SuppressGCTransition]
    public static extern ulong ReadFeatureRegister(uint crm, uint op2);

    /// <summary>All earlier accesses are complete for everybody.</summary>
    [DllImport("el2", EntryPoint = "barrier")]
    [SuppressGCTransition]
    public static extern void Barrier();

    /// <summary>Forgets what was cached of the current guest's stages 1 and 2.</summary>
    [DllImport("el2", EntryPoint = "invalidate_guest_translations")]
    [SuppressGCTransition]
    public static extern void InvalidateGuestTranslations();

    /// <summary>Forgets all cached instructions.</summary>
    [DllImport("el2", EntryPoint = "invalidate_instructions")]
    [SuppressGCTransition]
    public static extern void InvalidateInstructions();

    /// <summary>Writes cached data back and forgets it, to the point of coherency; both in bytes.</summary>
    [DllImport("el2", EntryPoint = "clean_invalidate_data")]
    [SuppressGCTransition]
    public static extern void CleanInvalidateData(ulong address, ulong length);

    /// <summary>A call to the firmware beneath EL2.</summary>
    [DllImport("el2", EntryPoint = "secure_monitor_call")]
    [SuppressGCTransition]
    public static extern ulong SecureMonitorCall(ulong function);
}
