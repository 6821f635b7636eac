// Entry on QEMU virt with virtualization=on: EL2, translation off, one CPU (the others wait in PSCI).

        .section .text.start, "ax"
        .globl  _start
_start:
        mrs     x0, CurrentEL
        cmp     x0, #(2 << 2)
        b.ne    park
        msr     daifset, #0xf
        adrp    x0, vectors
        add     x0, x0, :lo12:vectors
        msr     vbar_el2, x0
        ldr     x0, =stack_top
        mov     sp, x0

        ldr     x0, =bss_start
        ldr     x1, =bss_end
1:      cmp     x0, x1
        b.hs    2f
        stp     xzr, xzr, [x0], #16
        b       1b
2:      bl      enable_translation
        bl      sluice_main
        // Reached only if the entry point returned, which would be a fault of its own.
        mov     w0, #0
        b       sluice_panic

park:   wfe
        b       park
