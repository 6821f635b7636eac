using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>One place on a virtual host bridge.</summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TGuest">The guest.</typeparam>
/// <typeparam name="TEntries">Memory for the guest's MSI-X tables.</typeparam>
internal struct FunctionSlot<TBridge, TGuest, TEntries>
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    /// <summary>Whether the guest sees a function here.</summary>
    public bool IsUsed;

    /// <summary>Where the guest sees it.</summary>
    public RequesterId Place;

    /// <summary>The function.</summary>
    public GuestFunction<TBridge, TGuest, TEntries> Function;
}
