namespace Sluice.Samples.InProcess;

/// <summary>Where things are for the guest: what its device tree would say.</summary>
internal static class GuestView
{
    public const ulong Ram = 0x4000_0000;
    public const ulong RamBytes = 0x0010_0000;
    public const ulong Frame = 0x0802_0000;
    public const ulong FrameBytes = 0x1000;
    public const uint FirstMessageInterrupt = 64;
    public const uint MessageInterrupts = 32;
    public const ulong ConfigSpace = 0x3F00_0000;
    public const ulong ConfigSpaceBytes = 0x0010_0000;
    public const ulong MemoryWindow = 0x2300_0000;
    public const ulong MemoryWindowBytes = 0x0100_0000;
}
