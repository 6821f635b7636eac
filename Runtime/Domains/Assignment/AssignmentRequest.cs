using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>Which function a guest is to own, and how it is to see it.</summary>
/// <typeparam name="TEntries">Memory for the guest's MSI-X table.</typeparam>
public struct AssignmentRequest<TEntries>
    where TEntries : struct, IMsixEntries
{
    /// <summary>The guest that will own the function and its resources.</summary>
    public OwnerId Owner { get; set; }

    /// <summary>The function on the machine.</summary>
    public RequesterId Function { get; set; }

    /// <summary>The other id that its messages carry, behind a bridge to conventional PCI (see <see cref="MsiRequest.Alias"/>); zero for what the topology says.</summary>
    public RequesterId Alias { get; set; }

    /// <summary>
    /// Whether the function may be assigned in the state that it is in when it cannot be reset: because nobody had it since the machine started, or because its earlier
    /// owners are trusted.
    /// </summary>
    public bool TrustsState { get; set; }

    /// <summary>The stream that its DMA carries.</summary>
    public uint Stream { get; set; }

    /// <summary>Where the guest sees it: a device of bus 0.</summary>
    public RequesterId Place { get; set; }

    /// <summary>How many vectors it gets at most; its MSI-X table has as many entries for the guest, and its MSI not more messages.</summary>
    public uint MostVectors { get; set; }

    /// <summary>Memory for these entries.</summary>
    public TEntries Entries { get; set; }

    /// <summary>Where the guest may place the function's memory.</summary>
    public GuestMemoryWindows Windows { get; set; }

    /// <summary>What the guest is shown of the function and may do with it; the default suits any guest.</summary>
    public FunctionPolicy Policy { get; set; }
}
