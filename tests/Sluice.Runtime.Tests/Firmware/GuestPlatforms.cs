using Sluice.Runtime.Firmware;

namespace Sluice.Runtime.Tests.Firmware;

/// <summary>A guest with one of everything.</summary>
internal static class GuestPlatforms
{
    private static readonly GuestRange[] Banks = [new(0x4000_0000, 0x1000_0000), new(0x1_0000_0000, 0x4000_0000)];

    private static readonly PciWindow[] Windows =
    [
        new(PciSpace.Memory32, 0x1000_0000, new GuestRange(0x1000_0000, 0x2EFF_0000)),
        new(PciSpace.PrefetchableMemory64, 0x80_0000_0000, new GuestRange(0x80_0000_0000, 0x80_0000_0000)),
    ];

    private static readonly PciInterrupt[] Interrupts = [new(1, 1, 3), new(1, 2, 4)];

    public static GuestPlatform Full => new()
    {
        Memory = Banks,
        CpuCount = 2,
        CpuCompatible = "arm,cortex-a57"u8,
        BootArguments = "console=ttyAMA0 quiet"u8,
        RamDisk = new GuestRange(0x4800_0000, 0x12_3456),
        Distributor = new GuestRange(0x0800_0000, 0x1_0000),
        CpuInterface = new GuestRange(0x0801_0000, 0x1_0000),
        MessageFrame = new GuestRange(0x0802_0000, 0x1000),
        Serial = new GuestRange(0x0900_0000, 0x1000),
        SerialSpi = 1,
        SerialClockHertz = 24_000_000,
        ConfigSpace = new GuestRange(0x3F00_0000, 0x10_0000),
        Windows = Windows,
        Interrupts = Interrupts,
    };
}
