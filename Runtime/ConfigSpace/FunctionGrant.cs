using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>What a guest is given with a function.</summary>
/// <typeparam name="TEntries">Memory for the guest's MSI-X table.</typeparam>
public struct FunctionGrant<TEntries>
    where TEntries : struct, IMsixEntries
{
    /// <summary>Where the guest sees the function: who sends its messages to the guest's MSI controller.</summary>
    public RequesterId Place { get; set; }

    /// <summary>Where the guest may place the function's memory.</summary>
    public GuestMemoryWindows Windows { get; set; }

    /// <summary>Memory for the guest's MSI-X table: at least as many entries as there are vectors.</summary>
    public TEntries Entries { get; set; }

    /// <summary>The physical vectors: one an MSI-X entry, and the first of them one an MSI message. None hides both.</summary>
    public VectorBlock Vectors { get; set; }

    /// <summary>The host's message of the first vector; those of the others follow in the data.</summary>
    public MsiMessage Message { get; set; }

    /// <summary>What the guest is shown.</summary>
    public FunctionPolicy Policy { get; set; }
}
