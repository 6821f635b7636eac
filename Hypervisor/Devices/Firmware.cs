using Sluice.Hypervisor.Processor;

namespace Sluice.Hypervisor.Devices;

/// <summary>PSCI calls to the firmware beneath EL2, by SMC. Source: Arm DEN 0022, §5.</summary>
internal static class Firmware
{
    public static void PowerOff()
    {
        SystemRegisters.SecureMonitorCall((uint)PsciFunction.SystemOff);
    }

    public static void Reset()
    {
        SystemRegisters.SecureMonitorCall((uint)PsciFunction.SystemReset);
    }
}
