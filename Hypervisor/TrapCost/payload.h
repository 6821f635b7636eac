// What the guest and Payload.cs agree on.

#define PAYLOAD_COUNT       0x10000
#define PAYLOAD_REGISTER    0x0a000010
#define PAYLOAD_EMPTY       0
#define PAYLOAD_REPORT      1
#define PAYLOAD_SPOIL       2
#define PAYLOAD_SPOILT      3
