namespace Sluice.Hypervisor.Processor;

/// <summary>Function identifiers of the Power State Coordination Interface. Source: Arm DEN 0022, §5.1.</summary>
internal enum PsciFunction : uint
{
    Version = 0x8400_0000,
    CpuSuspend32 = 0x8400_0001,
    CpuOff = 0x8400_0002,
    CpuOn32 = 0x8400_0003,
    AffinityInfo32 = 0x8400_0004,
    MigrateInfoType = 0x8400_0006,
    SystemOff = 0x8400_0008,
    SystemReset = 0x8400_0009,
    Features = 0x8400_000A,
    CpuSuspend64 = 0xC400_0001,
    CpuOn64 = 0xC400_0003,
    AffinityInfo64 = 0xC400_0004,
}
