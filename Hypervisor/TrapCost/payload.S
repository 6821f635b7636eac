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

        .text
        .globl  payload
payload:
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
        .globl  payload_address, payload_translation_address
payload_address:
        ldr     x0, =payload
        ret
payload_translation_address:
        ldr     x0, =payload_translation
        ret
