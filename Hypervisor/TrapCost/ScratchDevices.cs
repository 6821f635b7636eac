using System.Runtime.CompilerServices;
using Sluice.Hypervisor.Guests.Exits;
using Sluice.Registers;

namespace Sluice.TrapCost;

/// <summary>One block of plain registers, and ranges beside it, so that the dispatch is a guest's.</summary>
internal struct ScratchDevices : IGuestDevices
{
    public const uint ScratchTarget = 3;

    public Scratch.Guest Block;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AccessResult Read(uint target, uint offset, AccessWidth width, out ulong value)
    {
        if (target == ScratchTarget)
        {
            return Block.Read(offset, width, out value);
        }

        value = 0;
        return AccessResult.Denied;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AccessResult Write(uint target, uint offset, AccessWidth width, GuestValue value)
    {
        return target == ScratchTarget ? Block.Write(offset, width, value) : AccessResult.Denied;
    }
}
