using System.Runtime.InteropServices;
using Sluice.Hypervisor.Devices;

namespace Sluice.Hypervisor.Boards.Virt;

internal static class EntryPoint
{
    [UnmanagedCallersOnly(EntryPoint = "sluice_main")]
    private static void Main()
    {
        var console = new SerialConsole(VirtBoard.Uart);
        console.WriteLine("Sluice at EL2"u8);
        Firmware.PowerOff();
    }
}
