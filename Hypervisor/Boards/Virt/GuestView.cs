namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>
/// The machine that a guest on this board sees, as guest physical addresses in bytes. It has the shape of QEMU's <c>virt</c>, but only the
/// guest's own RAM and devices are in it.
/// </summary>
internal static class GuestView
{
    public const ulong Distributor = 0x0800_0000;
    public const ulong CpuInterface = 0x0801_0000;
    public const ulong CpuInterfaceBytes = 0x2000;
    public const ulong MessageFrame = 0x0802_0000;
    public const ulong MessageFrameBytes = 0x1000;
    public const ulong Uart = 0x0900_0000;
    public const ulong UartBytes = 0x1000;
    public const uint UartClockHertz = 24_000_000;
    public const ulong MemoryWindow = 0x1000_0000;
    public const ulong MemoryWindowBytes = 0x2000_0000;
    public const ulong ConfigSpace = 0x3F00_0000;
    public const ulong ConfigSpaceBytes = 0x10_0000;
    public const ulong Ram = 0x4000_0000;

    /// <summary>The interrupts that messages of the guest's devices become.</summary>
    public const uint FirstMessageInterrupt = 80;
    public const uint MessageInterrupts = 64;

    /// <summary>The interrupts of the generic bridge's wires, INTA to INTD.</summary>
    public const uint FirstWireInterrupt = 144;

    /// <summary>Where a guest has its NWL bridge instead of the generic one: registers and interrupts are those of the ZynqMP. Config space begins where the generic bridge's does.</summary>
    public const ulong NwlRegisters = 0xFD0E_0000;
    public const ulong NwlAttributes = 0xFD48_0000;
    public const ulong NwlConfigSpaceBytes = 0x100_0000;
    public const uint NwlLowInterrupt = 146;
    public const uint NwlHighInterrupt = 147;
    public const uint NwlWireInterrupt = 148;
    public const uint NwlUnusedInterrupt = 149;
    public const uint NwlEventInterrupt = 150;
}
