// EL2 exception vectors. A guest's general registers are saved in full; its SIMD registers only if the code at EL2 touches one,
// which CPTR_EL2.TFP reports here: the trap path normally does not, and pays for none.

#include "frame.h"

        .macro  slot target
        .balign 0x80
        b       \target
        .endm

        .macro  fatal_slot kind
        .balign 0x80
        mov     x0, #\kind
        b       fatal
        .endm

        .text
        .balign 0x800
        .globl  vectors
vectors:
        fatal_slot 0x00
        fatal_slot 0x01
        fatal_slot 0x02
        fatal_slot 0x03
        slot    own_synchronous
        fatal_slot 0x11
        fatal_slot 0x12
        fatal_slot 0x13
        slot    guest_synchronous
        slot    guest_interrupt
        fatal_slot 0x22
        slot    guest_system_error
        fatal_slot 0x30
        fatal_slot 0x31
        fatal_slot 0x32
        fatal_slot 0x33

        // All 32 of them, to or from the address in x0.
        .macro  simd_registers op
        \op     q0, q1, [x0, #32 * 0]
        \op     q2, q3, [x0, #32 * 1]
        \op     q4, q5, [x0, #32 * 2]
        \op     q6, q7, [x0, #32 * 3]
        \op     q8, q9, [x0, #32 * 4]
        \op     q10, q11, [x0, #32 * 5]
        \op     q12, q13, [x0, #32 * 6]
        \op     q14, q15, [x0, #32 * 7]
        \op     q16, q17, [x0, #32 * 8]
        \op     q18, q19, [x0, #32 * 9]
        \op     q20, q21, [x0, #32 * 10]
        \op     q22, q23, [x0, #32 * 11]
        \op     q24, q25, [x0, #32 * 12]
        \op     q26, q27, [x0, #32 * 13]
        \op     q28, q29, [x0, #32 * 14]
        \op     q30, q31, [x0, #32 * 15]
        .endm

        .macro  save_guest
        sub     sp, sp, #FRAME_SIZE
        stp     x0, x1, [sp, #16 * 0]
        stp     x2, x3, [sp, #16 * 1]
        stp     x4, x5, [sp, #16 * 2]
        stp     x6, x7, [sp, #16 * 3]
        stp     x8, x9, [sp, #16 * 4]
        stp     x10, x11, [sp, #16 * 5]
        stp     x12, x13, [sp, #16 * 6]
        stp     x14, x15, [sp, #16 * 7]
        stp     x16, x17, [sp, #16 * 8]
        stp     x18, x19, [sp, #16 * 9]
        stp     x20, x21, [sp, #16 * 10]
        stp     x22, x23, [sp, #16 * 11]
        stp     x24, x25, [sp, #16 * 12]
        stp     x26, x27, [sp, #16 * 13]
        stp     x28, x29, [sp, #16 * 14]
        mrs     x1, elr_el2
        mrs     x2, spsr_el2
        stp     x30, x1, [sp, #FRAME_X30]
        str     x2, [sp, #FRAME_SPSR]
        mov     x0, #CPTR_EL2_OWN
        msr     cptr_el2, x0
        isb
        mov     x0, sp
        .endm

        .balign 64
guest_synchronous:
        save_guest
        mrs     x1, esr_el2
        mrs     x2, far_el2
        mrs     x3, hpfar_el2
        bl      sluice_guest_synchronous
        b       resume_guest

        .balign 64
guest_interrupt:
        save_guest
        bl      sluice_guest_interrupt
        b       resume_guest

guest_system_error:
        save_guest
        mrs     x1, esr_el2
        bl      sluice_guest_system_error

        .balign 64
resume_guest:
        mrs     x0, cptr_el2
        tbz     x0, #CPTR_EL2_TFP_BIT, restore_simd
1:      mov     x0, #CPTR_EL2_GUEST
        msr     cptr_el2, x0
        ldr     x2, [sp, #FRAME_SPSR]
        ldp     x30, x1, [sp, #FRAME_X30]
        msr     spsr_el2, x2
        msr     elr_el2, x1
        ldp     x0, x1, [sp, #16 * 0]
        ldp     x2, x3, [sp, #16 * 1]
        ldp     x4, x5, [sp, #16 * 2]
        ldp     x6, x7, [sp, #16 * 3]
        ldp     x8, x9, [sp, #16 * 4]
        ldp     x10, x11, [sp, #16 * 5]
        ldp     x12, x13, [sp, #16 * 6]
        ldp     x14, x15, [sp, #16 * 7]
        ldp     x16, x17, [sp, #16 * 8]
        ldp     x18, x19, [sp, #16 * 9]
        ldp     x20, x21, [sp, #16 * 10]
        ldp     x22, x23, [sp, #16 * 11]
        ldp     x24, x25, [sp, #16 * 12]
        ldp     x26, x27, [sp, #16 * 13]
        ldp     x28, x29, [sp, #16 * 14]
        add     sp, sp, #FRAME_SIZE
        eret

restore_simd:
        ldr     x0, =simd_state
        ldr     x1, [x0, #512]
        msr     fpsr, x1
        ldr     x1, [x0, #520]
        msr     fpcr, x1
        simd_registers ldp
        b       1b

// An exception of EL2 itself. Only the first touch of a SIMD register since the guest was left is expected.
own_synchronous:
        stp     x0, x1, [sp, #-16]!
        mrs     x0, esr_el2
        lsr     x0, x0, #26
        cmp     x0, #EC_SIMD
        b.ne    1f
        mrs     x0, cptr_el2
        and     x0, x0, #~(1 << CPTR_EL2_TFP_BIT)
        msr     cptr_el2, x0
        isb
        ldr     x0, =simd_state
        simd_registers stp
        mrs     x1, fpsr
        str     x1, [x0, #512]
        mrs     x1, fpcr
        str     x1, [x0, #520]
        ldp     x0, x1, [sp], #16
        eret
1:      mov     x0, #0x10
        b       fatal

// First entry: x0 is the frame to start from. The stack begins anew, for the code that came here never goes on.
        .globl  enter_guest
enter_guest:
        ldr     x1, =stack_top
        sub     x1, x1, #FRAME_SIZE
        // From the end, because the caller's frame lies just below and may overlap.
        .set    offset, FRAME_SIZE
        .rept   FRAME_SIZE / 16
        .set    offset, offset - 16
        ldp     x2, x3, [x0, #offset]
        stp     x2, x3, [x1, #offset]
        .endr
        mov     sp, x1
        // Saved as zeros in .bss: taking them as the guest's first ones hides what EL2 left in the registers.
        b       restore_simd

// x0 is the kind of the exception. The report runs on a stack of its own, without the trap of SIMD registers.
fatal:  msr     daifset, #0xf
        ldr     x1, =emergency_stack_top
        mov     sp, x1
        ldr     x5, =fatal_count
        ldr     w6, [x5]
        add     w7, w6, #1
        str     w7, [x5]
        cbnz    w6, power_off
        mov     x1, #CPTR_EL2_GUEST
        msr     cptr_el2, x1
        isb
        mrs     x1, esr_el2
        mrs     x2, elr_el2
        mrs     x3, far_el2
        bl      sluice_fatal
power_off:
        ldr     x0, =PSCI_SYSTEM_OFF
        smc     #0
1:      wfi
        b       1b

// From compiled code: w0 says which check failed. The return address stands in for an exception's.
        .globl  sluice_panic
sluice_panic:
        msr     elr_el2, x30
        orr     x0, x0, #0x100
        b       fatal

        .bss
        .balign 16
simd_state:
        .skip   528
fatal_count:
        .skip   16
