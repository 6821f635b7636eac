// The guest: four loops of the same count, timed with the virtual counter, then a call that hands the four times over. It does so for
// ever; EL2 ends it.

#include "payload.h"

        .macro  timed
        isb
        mrs     x9, cntvct_el0
        mov     x10, #PAYLOAD_COUNT
        .endm

        .macro  again result
        subs    x10, x10, #1
        b.ne    1b
        isb
        mrs     x11, cntvct_el0
        sub     \result, x11, x9
        .endm

        .macro  each_register of
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        \of     \n
        .endr
        .irp    n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        \of     \n
        .endr
        .endm

        .macro  give n
        movi    v\n\().16b, #(\n + 1)
        .endm

        .macro  spoil n
        movi    v\n\().16b, #0xee
        .endm

        // Collects in x0 what differs.
        .macro  compare n
        ldr     x3, =((\n + 1) * 0x0101010101010101)
        mov     x1, v\n\().d[0]
        mov     x2, v\n\().d[1]
        eor     x1, x1, x3
        eor     x2, x2, x3
        orr     x0, x0, x1
        orr     x0, x0, x2
        .endm

        .text
        .globl  payload
payload:
        // Before anything is counted: each SIMD register has a value of its own, and keeps it over a call whose handler spoils them all.
        mov     x0, #(3 << 20)
        msr     cpacr_el1, x0
        isb
        each_register give
        hvc     #PAYLOAD_SPOIL
        mov     x0, #0
        each_register compare
        hvc     #PAYLOAD_SPOILT

        ldr     x20, =PAYLOAD_REGISTER
        mov     w21, #0x5a
2:      timed
1:      again   x0
        timed
1:      ldr     w12, [x20]
        again   x1
        timed
1:      str     w21, [x20]
        again   x2
        timed
1:      hvc     #PAYLOAD_EMPTY
        again   x3
        ldr     w4, [x20]
        hvc     #PAYLOAD_REPORT
        b       2b

// Stage 2 of the guest: its gigabyte of RAM at its own address, nothing below, so that every device access traps.
        .section .translation, "a"
        .balign 4096
        .globl  payload_translation
payload_translation:
        .quad   0
        .quad   0x40000000 | (1 << 10) | (3 << 8) | (3 << 6) | (0xf << 2) | 1
        .balign 4096

        .text
        .globl  spoil_simd
spoil_simd:
        each_register spoil
        ret

        .globl  payload_address, payload_translation_address
payload_address:
        ldr     x0, =payload
        ret
payload_translation_address:
        ldr     x0, =payload_translation
        ret
