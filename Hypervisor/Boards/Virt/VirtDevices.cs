using Sluice.Hypervisor.Guests.Exits;
using Sluice.Registers;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The blocks of a guest on this board, by the targets of its address map. They lie in <see cref="VirtMachine"/>.</summary>
internal struct VirtDevices : IGuestDevices
{
    public const uint Distributor = 0;
    public const uint ConfigSpace = 1;
    public const uint MemoryWindow = 2;
    public const uint MessageFrame = 3;
    public const uint NwlRegisters = 4;
    public const uint NwlAttributes = 5;

    public readonly AccessResult Read(uint target, uint offset, AccessWidth width, out ulong value)
    {
        switch (target)
        {
            case Distributor:
                return VirtMachine.Guest.Distributor.Read(offset, width, out value);
            case ConfigSpace:
                return VirtMachine.Passthrough.ReadConfig(offset, width, out value);
            case MemoryWindow:
                return VirtMachine.Passthrough.Bridge.ReadMemory(new GuestAddress(GuestView.MemoryWindow + offset), width, out value);
            case NwlRegisters:
                return VirtMachine.Passthrough.ReadNwl(offset, width, out value);
            case NwlAttributes:
                return VirtMachine.Passthrough.Nwl.ReadAttributes(offset, width, out value);
            default:
                return VirtMachine.Passthrough.Frame.Read(offset, width, out value);
        }
    }

    public readonly AccessResult Write(uint target, uint offset, AccessWidth width, GuestValue value)
    {
        switch (target)
        {
            case Distributor:
                return VirtMachine.Guest.Distributor.Write(offset, width, value);
            case ConfigSpace:
                return VirtMachine.Passthrough.WriteConfig(offset, width, value);
            case MemoryWindow:
                return VirtMachine.Passthrough.Bridge.WriteMemory(new GuestAddress(GuestView.MemoryWindow + offset), width, value);
            case NwlRegisters:
                return VirtMachine.Passthrough.WriteNwl(offset, width, value);
            case NwlAttributes:
                return VirtMachine.Passthrough.Nwl.WriteAttributes(offset, width, value);
            default:
                return VirtMachine.Passthrough.Frame.Write(offset, width, value, default(VirtGuest));
        }
    }
}
