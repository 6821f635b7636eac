using System.Runtime;
using System.Runtime.InteropServices;
using Sluice.Hypervisor.Devices;
using Sluice.Hypervisor.Processor;

namespace Sluice.DriverImage;

/// <summary>Roots every driver. Nothing of it is meant to run: no machine has all of these devices.</summary>
internal static unsafe class EntryPoint
{
    [UnmanagedCallersOnly(EntryPoint = "sluice_main")]
    private static void Main()
    {
        GenericTimer clock = GenericTimer.Create();
        uint used = BridgeDrivers.UseAll(clock) + PhyDrivers.UseAll(clock) + MessageDrivers.UseAll(clock) + SmmuDrivers.UseAll(clock) + GuestControllers.UseAll();
        SystemRegisters.Barrier();
        if (used != 0)
        {
            Firmware.PowerOff();
        }
    }

    [RuntimeExport("sluice_guest_synchronous")]
    private static void Synchronous(TrapFrame* frame, ulong syndrome, ulong faultAddress, ulong intermediateAddress) => Firmware.PowerOff();

    [RuntimeExport("sluice_guest_interrupt")]
    private static void Interrupt(TrapFrame* frame) => Firmware.PowerOff();

    [RuntimeExport("sluice_guest_system_error")]
    private static void SystemError(TrapFrame* frame, ulong syndrome) => Firmware.PowerOff();

    [RuntimeExport("sluice_fatal")]
    private static void Fatal(ulong kind, ulong syndrome, ulong returnAddress, ulong faultAddress) => FatalException.Report(kind, syndrome, returnAddress, faultAddress);
}
