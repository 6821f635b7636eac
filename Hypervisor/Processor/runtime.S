// What compiled code calls by name. There is no collector and no other thread, so the barriers are plain stores and the polls nothing.

        .text
        .globl  RhpReversePInvoke, RhpReversePInvokeReturn, RhpGcPoll
RhpReversePInvoke:
RhpReversePInvokeReturn:
RhpGcPoll:
        ret

        .globl  RhpAssignRefArm64, RhpCheckedAssignRefArm64
RhpAssignRefArm64:
RhpCheckedAssignRefArm64:
        str     x15, [x14], #8
        ret

        .globl  RhpByRefAssignRefArm64
RhpByRefAssignRefArm64:
        ldr     x15, [x13], #8
        str     x15, [x14], #8
        ret

        .globl  RhpFallbackFailFast
RhpFallbackFailFast:
        mov     w0, #0xff
        b       sluice_panic

// The JIT calls these for blocks that it does not unroll: x0 destination, x1 source or value, x2 count in bytes.
        .globl  memcpy, memmove
memcpy:
memmove:
        mov     x3, x0
        sub     x4, x0, x1
        cmp     x4, x2
        b.lo    3f
1:      subs    x2, x2, #8
        b.lo    2f
        ldr     x4, [x1], #8
        str     x4, [x3], #8
        b       1b
2:      adds    x2, x2, #8
        b.eq    5f
4:      ldrb    w4, [x1], #1
        strb    w4, [x3], #1
        subs    x2, x2, #1
        b.ne    4b
5:      ret
// Downwards, because the destination may overlap the source from above.
3:      cbz     x2, 5b
        sub     x2, x2, #1
        ldrb    w4, [x1, x2]
        strb    w4, [x3, x2]
        b       3b

        .globl  memset
memset: mov     x3, x0
1:      cbz     x2, 2f
        strb    w1, [x3], #1
        sub     x2, x2, #1
        b       1b
2:      ret

        .section .rodata
        .balign 8
        .globl  RhpTrapThreads, __security_cookie
RhpTrapThreads:
        .quad   0
__security_cookie:
        .quad   0x5bd1e995a7f3c264
