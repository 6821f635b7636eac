using Sluice.Hypervisor.Guests.Exits;
using Sluice.Registers;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The blocks of a guest on this board, by the targets of its address map.</summary>
internal struct VirtDevices : IGuestDevices
{
    public const uint DistributorTarget = 0;

    public readonly AccessResult Read(uint target, uint offset, AccessWidth width, out ulong value)
    {
        return VirtMachine.Guest.Distributor.Read(offset, width, out value);
    }

    public readonly AccessResult Write(uint target, uint offset, AccessWidth width, GuestValue value)
    {
        return VirtMachine.Guest.Distributor.Write(offset, width, value);
    }
}
