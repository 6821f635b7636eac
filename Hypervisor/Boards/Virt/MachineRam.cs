using Sluice.Hypervisor.Guests.Start;
using Sluice.Runtime.Firmware;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The machine's RAM: the image and its pool below, what the boot loader left anywhere, the guest's in between.</summary>
internal static class MachineRam
{
    /// <summary>Where the pool for tables and queues begins; link.ld keeps the image below it.</summary>
    public const ulong Pool = 0x4200_0000;

    public const ulong PoolBytes = 0x200_0000;

    // Blocks of this size make the guest's tables small.
    private const ulong Alignment = 0x20_0000;

    /// <summary>Finds room for the guest's RAM.</summary>
    public static bool TryPlace(FdtReader tree, GuestDescription guest, out ulong start)
    {
        start = Pool + PoolBytes;
        if (!tree.TryFind("/memory"u8, out FdtNode node) || !tree.TryGetReg(node, 0, out FdtRange memory))
        {
            return false;
        }

        ulong end = memory.Start + memory.Length;
        bool moved = true;
        while (moved)
        {
            if (start < memory.Start || start > end || guest.MemoryBytes > end - start)
            {
                return false;
            }

            moved = StepOver(guest.Kernel, guest.MemoryBytes, ref start) || StepOver(guest.RamDisk, guest.MemoryBytes, ref start);
        }

        return true;
    }

    private static bool StepOver(GuestModule module, ulong bytes, ref ulong start)
    {
        ulong end = module.Start + module.Length;
        if (module.Length == 0 || end <= start || module.Start >= start + bytes)
        {
            return false;
        }

        start = (end + Alignment - 1) & ~(Alignment - 1);
        return true;
    }
}
