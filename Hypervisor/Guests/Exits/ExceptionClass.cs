namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>ESR_ELx.EC: why an exception was taken. Source: Arm DDI 0487, ESR_EL2.</summary>
internal enum ExceptionClass : uint
{
    Unknown = 0x00,
    SimdAccess = 0x07,
    Hypercall = 0x16,
    SecureMonitorCall = 0x17,
    SystemRegister = 0x18,
    ScalableVector = 0x19,
    InstructionAbort = 0x20,
    InstructionAbortSameLevel = 0x21,
    DataAbort = 0x24,
    DataAbortSameLevel = 0x25,
}
