using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Simulation.Guests;

/// <summary>The MSI controller that a simulated guest sees. It raises the guest's interrupts itself.</summary>
public interface ISimulatedMessages
{
    /// <summary>As <see cref="IGuestMessages.TryResolve"/>.</summary>
    bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message);

    /// <summary>As <see cref="IGuestMessages.TryDeliver"/>.</summary>
    bool TryDeliver(GuestMessage message);
}
