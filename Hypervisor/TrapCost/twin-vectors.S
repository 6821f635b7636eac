// The same vectors once more, calling the C twin: entry and exit cost the same for both.

#define vectors                     twin_vectors
#define enter_guest                 twin_enter_guest
#define sluice_panic                twin_panic
#define sluice_guest_synchronous    twin_guest_synchronous

#include "vectors.S"

        .text
        .globl  use_twin
use_twin:
        ldr     x0, =twin_vectors
        msr     vbar_el2, x0
        isb
        ret
