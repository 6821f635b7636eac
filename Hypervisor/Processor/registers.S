// One leaf routine for each system register, barrier and maintenance operation that the C# side names.

        .macro  reader register
        .globl  read_\register
read_\register:
        mrs     x0, \register
        ret
        .endm

        .macro  writer register
        .globl  write_\register
write_\register:
        msr     \register, x0
        isb
        ret
        .endm

        .text
        .irp    register, vbar_el1, cntpct_el0, cntvct_el0, cntfrq_el0, midr_el1, mpidr_el1, id_aa64mmfr0_el1, mdcr_el2
        reader  \register
        .endr
        .irp    register, hcr_el2, vttbr_el2, vtcr_el2, vpidr_el2, vmpidr_el2, cnthctl_el2, cntvoff_el2, mdcr_el2, hstr_el2
        writer  \register
        .endr
        .irp    register, sctlr_el1, cpacr_el1, cntkctl_el1, cntv_ctl_el0, cntp_ctl_el0, elr_el1, spsr_el1, esr_el1, far_el1
        writer  \register
        .endr

        .globl  barrier
barrier:
        dsb     sy
        isb
        ret

        .globl  invalidate_guest_translations
invalidate_guest_translations:
        dsb     ishst
        tlbi    vmalls12e1is
        dsb     ish
        isb
        ret

        .globl  invalidate_instructions
invalidate_instructions:
        ic      ialluis
        dsb     ish
        isb
        ret

// x0 address, x1 length: to the point of coherency, because a guest starts with its caches off.
        .globl  clean_invalidate_data
clean_invalidate_data:
        add     x1, x0, x1
        mrs     x3, ctr_el0
        ubfx    x3, x3, #16, #4
        mov     x2, #4
        lsl     x2, x2, x3
        sub     x3, x2, #1
        bic     x0, x0, x3
1:      cmp     x0, x1
        b.hs    2f
        dc      civac, x0
        add     x0, x0, x2
        b       1b
2:      dsb     sy
        ret

        .globl  secure_monitor_call
secure_monitor_call:
        smc     #0
        ret

// The feature registers, op0 3, op1 0, CRn 0: CRm in w0 (1 to 7), op2 in w1. A table of two-instruction entries, because an encoding is
// part of the instruction.
        .globl  read_feature_register
read_feature_register:
        sub     w0, w0, #1
        add     w0, w1, w0, lsl #3
        adr     x2, features
        add     x2, x2, w0, uxtw #3
        br      x2
features:
        .irp    crm, 1, 2, 3, 4, 5, 6, 7
        .irp    op2, 0, 1, 2, 3, 4, 5, 6, 7
        mrs     x0, S3_0_C0_C\crm\()_\op2
        ret
        .endr
        .endr
