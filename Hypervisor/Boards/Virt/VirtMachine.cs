using Sluice.Hypervisor.Devices;
using Sluice.Hypervisor.Guests;
using Sluice.Runtime.Domains;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>All state that outlives an exit: static data of the image, zero at the start.</summary>
internal static class VirtMachine
{
    public static Guest<VirtDevices> Guest;
    public static GuestSpace Space;
    public static DomainMemory<ProcessorTable, DeviceTable> Memory;
    public static Passthrough Passthrough;

    public static CpuInterfaceDevice CpuInterface => new(VirtBoard.CpuInterface);

    public static DistributorDevice Distributor => new(VirtBoard.Distributor);
}
