using Sluice.Registers;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The MSI controller that a guest sees, whatever it is: a GICv2m frame, an NWL bridge's own, an ITS. A message of the guest (MSI or MSI-X) is resolved when the guest
/// enables or unmasks it, and what came of it is delivered each time the function raises the vector. The guest's address and data go no further than here.
/// </summary>
public interface IGuestMessages
{
    /// <summary>What a message of the guest means.</summary>
    /// <param name="requester">The function that will send it, as the guest sees it. An ITS takes its device from it.</param>
    /// <param name="address">Where the guest wants it written: a guest address, all 64 bits of it.</param>
    /// <param name="data">What the guest wants written.</param>
    /// <param name="message">What it means; nothing when the answer is no.</param>
    /// <returns>Whether a controller of the guest listens to it. What the guest does not own is no answer.</returns>
    [Sanitizes]
    bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message);

    /// <summary>Raises a message at the guest's controller, as it is set up now: an ITS looks up its tables, an NWL bridge sets a status bit.</summary>
    /// <param name="message">What <see cref="TryResolve"/> made; one that means nothing is no error.</param>
    /// <returns>Whether the controller took it: it became an interrupt, or waits as pending for one. Otherwise it is lost, as the architecture says, and the controller has counted it.</returns>
    bool TryDeliver(GuestMessage message);
}
