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

    private static readonly PciWindow[] NwlWindows =
    [
        new(PciSpace.Memory32, 0xE000_0000, new GuestRange(0xE000_0000, 0x1000_0000)),
        new(PciSpace.PrefetchableMemory64, 0x6_0000_0000, new GuestRange(0x6_0000_0000, 0x2_0000_0000)),
    ];

    private static readonly PciInterrupt[] Interrupts = [new(1, 1, 3), new(1, 2, 4)];

    private static readonly RequesterRange[] Devices = [new(0, 0x100, 8), new(0x20, 0x200, 16)];

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

    /// <summary>A guest with a GICv3 and a translation service.</summary>
    public static GuestPlatform Third => new()
    {
        Memory = Banks,
        CpuCount = 2,
        CpuCompatible = "arm,cortex-a57"u8,
        Distributor = new GuestRange(0x0800_0000, 0x1_0000),
        Redistributors = new GuestRange(0x080A_0000, 0x4_0000),
        TranslationService = new GuestRange(0x0808_0000, 0x2_0000),
        ConfigSpace = new GuestRange(0x3F00_0000, 0x10_0000),
        Windows = Windows,
        Interrupts = Interrupts,
        MessageDevices = Devices,
    };

    /// <summary>A guest with an NWL bridge, whose memory is where the machine has it.</summary>
    public static GuestPlatform Nwl => new()
    {
        Memory = Banks,
        CpuCount = 1,
        CpuCompatible = "arm,cortex-a53"u8,
        Distributor = new GuestRange(0xF901_0000, 0x1_0000),
        CpuInterface = new GuestRange(0xF902_0000, 0x2_0000),
        ConfigSpace = new GuestRange(0x80_0000_0000, 0x100_0000),
        Windows = NwlWindows,
        Nwl = new NwlPlatform
        {
            Bridge = new GuestRange(0xFD0E_0000, 0x1000),
            Attributes = new GuestRange(0xFD48_0000, 0x1000),
            EventSpi = 118,
            UnusedSpi = 117,
            WireSpi = 116,
            HighMessageSpi = 115,
            LowMessageSpi = 114,
        },
    };
}
