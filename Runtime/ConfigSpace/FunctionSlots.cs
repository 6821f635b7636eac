using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Room for the functions of one virtual host bridge.</summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TGuest">The guest.</typeparam>
/// <typeparam name="TEntries">Memory for the guest's MSI-X tables.</typeparam>
[InlineArray(Count)]
internal struct FunctionSlots<TBridge, TGuest, TEntries>
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    /// <summary>How many there is room for.</summary>
    public const int Count = 8;

    private FunctionSlot<TBridge, TGuest, TEntries> _slot;
}
