using System;
using Sluice.Hypervisor.Devices;
using Sluice.Hypervisor.Guests.Exits;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The end of the one guest is the end of the machine: what was seen of it is printed, then the power goes off.</summary>
internal static class Shutdown
{
    public static void Off(ReadOnlySpan<byte> reason)
    {
        var console = new SerialConsole(VirtBoard.Uart);
        console.WriteLine("sluice: summary"u8);
        console.Write("ended-by           "u8);
        console.WriteLine(reason);
        ref ExitCounters exits = ref VirtMachine.Guest.Exits;
        Row(console, "exits accesses     "u8, exits.Accesses);
        Row(console, "exits aborted      "u8, exits.Aborted);
        Row(console, "exits id-registers "u8, exits.FeatureReads);
        Row(console, "exits undefined    "u8, exits.Undefined);
        Row(console, "exits calls        "u8, exits.Calls);
        Row(console, "exits interrupts   "u8, exits.Interrupts);
        Row(console, "exits maintenance  "u8, exits.Maintenance);
        Row(console, "interrupts given   "u8, VirtMachine.Guest.Distributor.Interrupts.Delivered);
        Row(console, "interrupts waited  "u8, VirtMachine.Guest.Distributor.Interrupts.Waits);
        Row(console, "interrupts unowned "u8, exits.Unowned);
        Row(console, "accesses denied    "u8, exits.Denied);
        console.WriteLine("sluice: end"u8);
        Firmware.PowerOff();
    }

    /// <summary>The image cannot run what it was given.</summary>
    public static void Refuse(ReadOnlySpan<byte> reason)
    {
        var console = new SerialConsole(VirtBoard.Uart);
        console.Write("sluice: cannot start the guest: "u8);
        console.WriteLine(reason);
        Firmware.PowerOff();
    }

    private static void Row(SerialConsole console, ReadOnlySpan<byte> name, ulong count)
    {
        console.Write(name);
        console.WriteDecimal(count);
        console.WriteLine(""u8);
    }
}
