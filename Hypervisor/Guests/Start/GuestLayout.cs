namespace Sluice.Hypervisor.Guests.Start;

/// <summary>
/// Where things lie in a guest's RAM: the kernel at the bottom, the ramdisk at the top, the device tree below it. Offsets in bytes from
/// the start of RAM.
/// </summary>
internal readonly struct GuestLayout
{
    /// <summary>Room for the guest's device tree.</summary>
    public const int TreeBytes = 0x1_0000;

    private const ulong Alignment = 0x20_0000;

    private GuestLayout(ulong kernel, ulong ramDisk, ulong tree)
    {
        Kernel = kernel;
        RamDisk = ramDisk;
        Tree = tree;
    }

    public ulong Kernel { get; }

    public ulong RamDisk { get; }

    public ulong Tree { get; }

    /// <summary>Finds the places.</summary>
    /// <returns>False when the memory is too small for all of it.</returns>
    public static bool TryCreate(ulong memoryBytes, KernelImage kernel, ulong ramDiskBytes, out GuestLayout layout)
    {
        layout = default;
        if (ramDiskBytes > memoryBytes || memoryBytes < 2 * Alignment)
        {
            return false;
        }

        ulong ramDisk = (memoryBytes - ramDiskBytes) & ~(Alignment - 1);
        ulong kernelEnd = kernel.Offset + kernel.RunBytes;
        if (ramDisk < Alignment || kernelEnd > ramDisk - Alignment)
        {
            return false;
        }

        layout = new GuestLayout(kernel.Offset, ramDisk, ramDisk - Alignment);
        return true;
    }
}
