/* The compiled handler's twin in C: the same steps over the same structures (DataAbort, AddressMap, RegisterFile), for the comparison only. */

#include <stdint.h>

#define CAPACITY 256
#define ADDRESS_LIMIT (1ull << 52)
#define REGISTERS 64

struct frame {
    uint64_t x[31];
    uint64_t elr;
    uint64_t spsr;
};

struct map {
    uint64_t starts[CAPACITY];
    uint64_t sizes[CAPACITY];
    uint32_t targets[CAPACITY];
    uint32_t count, half, last;
};

struct masks {
    uint32_t readable, writable, clears, flags;
};

#define PLAIN { 0xffffffff, 0xffffffff, 0, 0 }
#define FOUR PLAIN, PLAIN, PLAIN, PLAIN
#define SIXTEEN FOUR, FOUR, FOUR, FOUR

static const struct masks table[REGISTERS] = { SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN };
static uint32_t words[REGISTERS];
static struct map map;
static uint64_t denied;

void sluice_guest_synchronous(struct frame *frame, uint64_t esr, uint64_t far, uint64_t hpfar);

void twin_prepare(void)
{
    for (uint32_t target = 0; target < 6; target++) {
        map.starts[target] = 0x0a000000ull - 3 * 0x10000 + target * 0x10000;
        map.sizes[target] = 0x1000;
        map.targets[target] = target;
    }
    for (uint32_t index = 6; index < CAPACITY; index++)
        map.starts[index] = ADDRESS_LIMIT;
    map.count = 6;
    map.half = 4;
}

static __attribute__((noinline)) uint64_t extend(uint64_t esr, uint64_t value)
{
    int shift = 64 - (8 << ((esr >> 22) & 3));
    uint64_t extended = (uint64_t)((int64_t)(value << shift) >> shift);
    return esr & (1 << 15) ? extended : (uint32_t)extended;
}

static inline uint64_t search(uint64_t wanted)
{
    uint64_t index = 0;
    for (uint64_t half = map.half; half != 0; half >>= 1)
        index += half & (uint64_t)~((int64_t)(wanted - map.starts[index + half]) >> 63);
    return index;
}

static inline int find(uint64_t wanted, uint32_t width, uint32_t *target, uint32_t *offset)
{
    uint64_t index = map.last;
    uint64_t size = map.sizes[index];
    uint64_t distance = wanted - map.starts[index];
    if (distance >= size) {
        index = search(wanted);
        map.last = (uint32_t)index;
        size = map.sizes[index];
        distance = wanted - map.starts[index];
        if (distance >= size)
            return 0;
    }
    *offset = (uint32_t)distance;
    *target = map.targets[index];
    return size - distance >= width;
}

static inline uint32_t lane_mask(uint32_t offset, uint32_t width)
{
    uint32_t lanes = ((1u << width) - 1) << (offset & 3);
    return (((lanes & 0xf) * 0x00204081u) & 0x01010101u) * 0xff;
}

static __attribute__((noinline)) int special(uint32_t flags)
{
    return flags >> 20 ? 1 : 0;
}

static inline int read_word(uint32_t offset, uint32_t *value)
{
    uint32_t slot = offset >> 2;
    if (slot >= REGISTERS) {
        *value = 0;
        return 1;
    }
    *value = words[slot] & table[slot].readable;
    return table[slot].flags == 0 ? 0 : special(table[slot].flags);
}

static inline int write_word(uint32_t offset, uint32_t mask, uint32_t value)
{
    uint32_t slot = offset >> 2;
    if (slot >= REGISTERS)
        return 1;
    uint32_t writable = table[slot].writable & mask;
    uint32_t old = words[slot];
    words[slot] = ((old & ~writable) | (value & writable)) & ~(value & table[slot].clears & mask);
    return table[slot].flags == 0 ? 0 : special(table[slot].flags);
}

static __attribute__((noinline)) int read_wide(uint32_t offset, uint64_t *value)
{
    uint32_t low, high;
    int result = read_word(offset, &low) | read_word(offset + 4, &high);
    *value = low | (uint64_t)high << 32;
    return result;
}

static __attribute__((noinline)) int write_wide(uint32_t offset, uint64_t value)
{
    return write_word(offset, ~0u, (uint32_t)value) | write_word(offset + 4, ~0u, (uint32_t)(value >> 32));
}

static inline int block_read(uint32_t offset, uint32_t width, uint64_t *value)
{
    uint32_t word;
    if ((offset & (width - 1)) != 0 || offset >= REGISTERS * 4) {
        *value = 0;
        return 2;
    }
    if (width == 8)
        return read_wide(offset, value);
    int result = read_word(offset, &word);
    *value = (word & lane_mask(offset, width)) >> ((offset & 3) * 8);
    return result;
}

static inline int block_write(uint32_t offset, uint32_t width, uint64_t value)
{
    if ((offset & (width - 1)) != 0 || offset >= REGISTERS * 4)
        return 2;
    if (width == 8)
        return write_wide(offset, value);
    return write_word(offset, lane_mask(offset, width), (uint32_t)value << ((offset & 3) * 8));
}

void twin_guest_synchronous(struct frame *frame, uint64_t esr, uint64_t far, uint64_t hpfar)
{
    if ((uint32_t)esr >> 26 == 0x24 && (esr & 0x10004bc) == 0x1000004) {
        uint64_t address = (hpfar & 0xffffffffff0ull) << 8 | (far & 0xfff);
        uint32_t width = 1u << ((esr >> 22) & 3);
        uint32_t reg = (esr >> 16) & 31;
        uint32_t target, offset;
        int result = 1;

        if (find(address, width, &target, &offset)) {
            if (esr & (1 << 6)) {
                uint64_t value = reg < 31 ? frame->x[reg] : 0;
                value &= ~0ull >> (64 - width * 8);
                if (target == 3)
                    result = block_write(offset, width, value);
            } else {
                uint64_t value = 0;
                if (target == 3)
                    result = block_read(offset, width, &value);
                if (esr & (1 << 21))
                    value = extend(esr, value);
                if (reg < 31)
                    frame->x[reg] = value;
            }
            denied += result != 0;
            frame->elr += 2 + ((esr >> 24) & 2);
            return;
        }
    }
    sluice_guest_synchronous(frame, esr, far, hpfar);
}
