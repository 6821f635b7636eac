/* The C twin: the branch-free table of MaskTable.cs, and the loop that runs the trace. */
#include <stddef.h>
#include <stdint.h>

struct access { uint32_t offset; uint8_t width; uint8_t write; uint32_t value; };
struct kind { uint32_t readable, writable, w1c, hook; };

static const struct kind kinds[8] = {
    { 0xffffffff, 0xffffffff, 0, 0 }, { 0xffffffff, 0x0000ffff, 0, 0 }, { 0x0000ffff, 0x0000ff00, 0x000000ff, 0 }, { 0xffffffff, 0, 0, 0 },
    { 0x0000ffff, 0x0000ffff, 0, 0 }, { 0xffffffff, 0, 0x0000ffff, 0 }, { 0x00ffffff, 0x00ffffff, 0, 0 }, { 0xffffffff, 0xffffffff, 0, 1 },
};

uint32_t run(uint32_t *words, uint32_t count, uint32_t *hooked, const struct access *trace, size_t length)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < length; i++) {
        const struct access *a = &trace[i];
        uint32_t word = a->offset >> 2, shift = (a->offset & 3) * 8, bytes = (uint32_t)(((uint64_t)1 << (8 * a->width)) - 1);
        if (word >= count || (a->offset & 3) + a->width > 4)
            continue;
        const struct kind *k = &kinds[word & 7];
        if (a->write) {
            uint32_t lanes = bytes << shift, v = a->value << shift, w = k->writable & lanes;
            words[word] = ((words[word] & ~w) | (v & w)) & ~(v & k->w1c & lanes);
            if (k->hook)
                ++*hooked;
        } else {
            sum = (sum << 1 | sum >> 31) ^ (((words[word] & k->readable) >> shift) & bytes);
        }
    }
    return sum;
}
