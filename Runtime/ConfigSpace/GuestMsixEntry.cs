using Sluice.Runtime.Blocks;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>One entry of the MSI-X table that a guest sees.</summary>
public struct GuestMsixEntry
{
    /// <summary>The registers as the guest wrote them. They never reach the hardware.</summary>
    public MsixEntry.Guest View;

    /// <summary>
    /// What its message meant to the guest's MSI controller when the entry was last unmasked. A message that is changed while the entry is
    /// unmasked counts from the next unmasking on (PCI Local Bus Specification 3.0, section 6.8.2).
    /// </summary>
    public GuestMessage Message;
}
