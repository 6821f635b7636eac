using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>A wish for vectors.</summary>
public struct MsiRequest
{
    /// <summary>For whom; not nobody.</summary>
    public OwnerId Owner { get; set; }

    /// <summary>The function that will send the messages.</summary>
    public RequesterId Requester { get; set; }

    /// <summary>
    /// The other id under which its messages arrive, when it is behind a bridge to conventional PCI (device 0, function 0 of the bridge's secondary bus); zero for none,
    /// as that is the root port's own id.
    /// </summary>
    public RequesterId Alias { get; set; }

    /// <summary>
    /// How many of the highest bits of its function number are phantom: the function sends under every number that they can give (Phantom Functions Supported in its PCI Express device
    /// capabilities, where Phantom Functions Enable is set). 0 for none, at most 3.
    /// </summary>
    public uint PhantomBits { get; set; }

    /// <summary>How many vectors, one after the other; not 0.</summary>
    public uint Count { get; set; }

    /// <summary>What the first one is a multiple of: a power of two. Multiple-message MSI needs its own count here; 0 counts as 1.</summary>
    public uint Alignment { get; set; }
}
