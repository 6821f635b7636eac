// What the vectors and TrapFrame.cs agree on, and the few constants of theirs that have a name in the architecture.

#define FRAME_X30       240
#define FRAME_SPSR      256
#define FRAME_SIZE      272

#define CPTR_EL2_TFP_BIT 10
// RES1 bits 13, 12, 9, 7-0 with TZ (SVE) always trapped; TFP while EL2 runs.
#define CPTR_EL2_GUEST  0x33ff
#define CPTR_EL2_OWN    0x37ff

#define EC_SIMD         0x07
#define PSCI_SYSTEM_OFF 0x84000008
