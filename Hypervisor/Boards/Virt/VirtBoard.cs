namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>
/// Where QEMU's <c>virt</c> machine (virtualization=on, gic-version=2, highmem=off) puts what the image drives itself: machine addresses in
/// bytes and interrupt numbers. Source: QEMU hw/arm/virt.c, base_memmap and a15irqmap.
/// </summary>
internal static class VirtBoard
{
    public const ulong Distributor = 0x0800_0000;
    public const ulong CpuInterface = 0x0801_0000;
    public const ulong MessageFrame = 0x0802_0000;
    public const ulong VirtualInterface = 0x0803_0000;
    public const ulong VirtualCpuInterface = 0x0804_0000;
    public const ulong Uart = 0x0900_0000;
    public const ulong Smmu = 0x0905_0000;

    public const ulong MemoryWindow = 0x1000_0000;
    public const ulong MemoryWindowBytes = 0x2EFF_0000;
    public const ulong ConfigSpace = 0x3F00_0000;
    public const ulong ConfigSpaceBytes = 0x100_0000;
    public const uint LastBus = 15;

    /// <summary>QEMU leaves the device tree at the start of RAM when it starts an image that is not a Linux kernel.</summary>
    public const ulong DeviceTree = 0x4000_0000;

    public const uint MaintenanceInterrupt = 25;
    public const uint VirtualTimerInterrupt = 27;
    public const uint UartInterrupt = 33;

    /// <summary>INTA to INTD of the host bridge, level.</summary>
    public const uint FirstLineInterrupt = 35;
    public const uint SmmuEventInterrupt = 106;
    public const uint SmmuErrorInterrupt = 109;
}
