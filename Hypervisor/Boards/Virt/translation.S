// EL2 stage 1: everything at its own address. The first 2 MiB stay unmapped, so that a null reference faults; devices are below
// 1 GiB; the image's block of code is read-only, everything else is never executed.

        .set    BLOCK, 0x1
        .set    TABLE, 0x3
        .set    ACCESSED, 1 << 10
        .set    INNER_SHAREABLE, 3 << 8
        .set    READ_ONLY, 3 << 6
        .set    READ_WRITE, 1 << 6
        .set    DEVICE, 0 << 2
        .set    NORMAL, 1 << 2
        .set    EXECUTE_NEVER, 1 << 54

        .set    DEVICE_BLOCK, EXECUTE_NEVER | ACCESSED | READ_WRITE | DEVICE | BLOCK
        .set    MEMORY_BLOCK, EXECUTE_NEVER | ACCESSED | INNER_SHAREABLE | READ_WRITE | NORMAL | BLOCK
        .set    CODE_BLOCK, ACCESSED | INNER_SHAREABLE | READ_ONLY | NORMAL | BLOCK

        .section .translation, "a"
        .balign 4096
level1: .quad   devices + TABLE
        .quad   memory + TABLE
        .set    address, 0x80000000
        .rept   6
        .quad   address | MEMORY_BLOCK
        .set    address, address + 0x40000000
        .endr
        .balign 4096

devices:
        .quad   0
        .set    address, 0x200000
        .rept   511
        .quad   address | DEVICE_BLOCK
        .set    address, address + 0x200000
        .endr

memory: .quad   0x40000000 | MEMORY_BLOCK
        .quad   0x40200000 | CODE_BLOCK
        .set    address, 0x40400000
        .rept   510
        .quad   address | MEMORY_BLOCK
        .set    address, address + 0x200000
        .endr

        .text
        .globl  enable_translation
enable_translation:
        ldr     x0, =level1
        msr     ttbr0_el2, x0
        // Attribute 0: device nGnRnE; 1: normal, write-back.
        mov     x0, #0xff00
        msr     mair_el2, x0
        // 39 bits of address, 4 KiB granule, walks cacheable and inner shareable, 40 bits of output; bits 31 and 23 are RES1.
        ldr     x0, =((1 << 31) | (1 << 23) | (2 << 16) | (3 << 12) | (1 << 10) | (1 << 8) | 25)
        msr     tcr_el2, x0
        tlbi    alle2
        ic      iallu
        dsb     sy
        isb
        // RES1 bits, WXN, I, SA, C, M.
        ldr     x0, =(0x30c50830 | (1 << 19) | (1 << 12) | (1 << 3) | (1 << 2) | 1)
        msr     sctlr_el2, x0
        isb
        ret
