using Sluice.Hypervisor.Guests.Exits;
using Sluice.Hypervisor.Guests.Interrupts;
using Sluice.Runtime.Traps;

namespace Sluice.Hypervisor.Guests;

/// <summary>One guest with one CPU: what its addresses and interrupts mean, and what was seen of it.</summary>
/// <typeparam name="TDevices">The blocks behind its address map.</typeparam>
internal struct Guest<TDevices>
    where TDevices : struct, IGuestDevices
{
    public AddressMap Map;
    public TDevices Devices;
    public VirtualDistributor Distributor;
    public ExitCounters Exits;
}
