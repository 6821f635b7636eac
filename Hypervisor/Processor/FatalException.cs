using System.Runtime;
using Sluice.Hypervisor.Boards.Virt;
using Sluice.Hypervisor.Devices;

namespace Sluice.Hypervisor.Processor;

/// <summary>What the image says of an exception of its own, before the machine is switched off: there is nobody to return to.</summary>
internal static class FatalException
{
    [RuntimeExport("sluice_fatal")]
    public static void Report(ulong kind, ulong syndrome, ulong returnAddress, ulong faultAddress)
    {
        var console = new SerialConsole(VirtBoard.Uart);
        console.Write("sluice: fatal exception at EL2: kind "u8);
        console.WriteHex(kind);
        console.Write(" ESR_EL2 "u8);
        console.WriteHex(syndrome);
        console.Write(" ELR_EL2 "u8);
        console.WriteHex(returnAddress);
        console.Write(" FAR_EL2 "u8);
        console.WriteHex(faultAddress);
        console.WriteLine(""u8);
        Firmware.PowerOff();
    }
}
