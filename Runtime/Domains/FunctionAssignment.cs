using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>
/// Gives functions to guests and takes them back, step by step: each step that was done is undone when a later one fails, the owner is written down last, and from
/// the first step to the last the function's DMA aborts. It lives in one place.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TMsi">The physical MSI controller.</typeparam>
/// <typeparam name="TStreams">What stands between DMA and memory.</typeparam>
public struct FunctionAssignment<TBridge, TMsi, TStreams>
    where TBridge : struct, IHostBridge
    where TMsi : struct, IMsiController
    where TStreams : struct, IStreamIsolation
{
    private readonly TBridge _bridge;
    private readonly TStreams _streams;
    private TMsi _msi;
    private MemoryWindow _low;
    private MemoryWindow _high;
    private PlacedFunctions _placed;
    private OwnedFunctions _owned;

    /// <summary>Takes charge of a host bridge.</summary>
    /// <param name="bridge">The host bridge.</param>
    /// <param name="msi">The MSI controller of its functions.</param>
    /// <param name="streams">What stands between their DMA and memory.</param>
    /// <param name="low">The bridge's memory below 4 GiB.</param>
    /// <param name="high">The bridge's memory above; may be empty.</param>
    public FunctionAssignment(TBridge bridge, TMsi msi, TStreams streams, MemoryWindow low, MemoryWindow high)
    {
        _bridge = bridge;
        _msi = msi;
        _streams = streams;
        _low = low;
        _high = high;
    }

    /// <summary>Why the bridge was not ready the last time that it was not: which register, and what it showed.</summary>
    public BridgeRefusal LastRefusal { get; private set; }

    /// <summary>Who owns which function.</summary>
    public readonly OwnedFunctions Owned => _owned;

    /// <summary>The MSI controller as it is now.</summary>
    public readonly TMsi Msi => _msi;

    /// <summary>Memory windows as they are now: what is left of the one below 4 GiB, in bytes.</summary>
    public readonly ulong FreeLowBytes => _low.FreeBytes;

    /// <summary>Gives a function to a guest.</summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <typeparam name="TEntries">Memory for its MSI-X table.</typeparam>
    /// <param name="request">Which function, and how the guest is to see it.</param>
    /// <param name="guest">Whose it becomes.</param>
    /// <param name="virtualBridge">The guest's virtual host bridge.</param>
    /// <returns>
    /// <see cref="AssignmentStep.None"/> when the guest owns it; otherwise the step that failed. Then all steps before it are undone: the function is free and
    /// quarantined, or it is broken and quarantined.
    /// </returns>
    public AssignmentStep Assign<TGuest, TEntries>(
        in AssignmentRequest<TEntries> request, TGuest guest, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        int entry = _owned.FindFree();
        if (request.Owner.IsNone || entry < 0 || _owned.Find(request.Function) >= 0 || _owned.HasStreamOfOtherThan(request.Owner, request.Stream))
        {
            return AssignmentStep.Check;
        }

        if (!_bridge.IsReady(out BridgeRefusal refusal))
        {
            LastRefusal = refusal;
            return AssignmentStep.Bridge;
        }

        // A controller that lets any function raise any vector is safe in the hands of one guest only.
        ref TMsi msi = ref _msi;
        if ((msi.Abilities & MsiAbilities.IsolatesRequesters) == 0 && _owned.HasOtherThan(request.Owner))
        {
            return AssignmentStep.Check;
        }

        // Functions that share a stream share its owner. The first one opens it, the last one closes it; in between they can reach what the owner may reach.
        bool isShared = _owned.HasStream(request.Stream);
        if (!isShared && !_streams.TryQuarantine(request.Stream))
        {
            Break(entry, in request);
            return AssignmentStep.Quarantine;
        }

        if (!HostFunction<TBridge>.TryProbe(_bridge, request.Function, out HostFunction<TBridge> host))
        {
            return AssignmentStep.Probe;
        }

        if (host.CanReset && !host.TryReset(guest))
        {
            return AssignmentStep.Reset;
        }

        if (!_placed.TryPlace(ref host, ref _low, ref _high))
        {
            return AssignmentStep.Place;
        }

        uint wanted = host.Msix.Entries < request.MostVectors ? host.Msix.Entries : request.MostVectors;
        VectorBlock vectors = default;
        MsiRequest messages = new() { Owner = request.Owner, Requester = request.Function, Alias = request.Alias, Count = wanted, Alignment = 1 };
        if (wanted > request.Entries.Capacity || (wanted != 0 && !msi.TryAllocate(in messages, out vectors)))
        {
            return AssignmentStep.Vectors;
        }

        MsiMessage first = wanted == 0 ? default : msi.Message(vectors.First);
        GuestFunction<TBridge, TGuest, TEntries> function = new(host, guest, request.Windows, request.Place, request.Entries, vectors, first);
        if (!virtualBridge.TryAdd(request.Place, in function, out int slot))
        {
            msi.Free(request.Owner, vectors);
            return AssignmentStep.Publish;
        }

        if (!isShared && !_streams.TryAttach(request.Stream))
        {
            virtualBridge.Remove(slot);
            msi.Free(request.Owner, vectors);
            return AssignmentStep.Attach;
        }

        _owned[entry] = new OwnedFunction { Function = request.Function, Stream = request.Stream, Owner = request.Owner, Slot = slot };
        return AssignmentStep.None;
    }

    /// <summary>
    /// Takes a function from its guest: it is stopped, its memory unmapped, its DMA quarantined, its vectors freed, and it is reset where it can be.
    /// </summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <typeparam name="TEntries">Memory for its MSI-X table.</typeparam>
    /// <param name="function">Which function.</param>
    /// <param name="guest">Whose it was.</param>
    /// <param name="virtualBridge">The guest's virtual host bridge.</param>
    /// <returns>
    /// Whether the function is free again. If not, nobody owned it, or it is broken: what could be taken away was, and it is never assigned again.
    /// </returns>
    public bool TryRelease<TGuest, TEntries>(RequesterId function, TGuest guest, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        int entry = _owned.Find(function);
        if (entry < 0 || _owned[entry].Owner.IsNone)
        {
            return false;
        }

        ref OwnedFunction owned = ref _owned[entry];
        ref GuestFunction<TBridge, TGuest, TEntries> published = ref virtualBridge.FunctionOf(owned.Slot);
        HostFunction<TBridge> host = published.Host;
        VectorBlock vectors = published.Vectors;
        bool stopped = published.TryStop();

        // A function that does not let go takes those with it that cannot be told apart from it.
        bool isShared = stopped && _owned.SharersOf(owned.Stream) > 1;
        bool quarantined = isShared || _streams.TryQuarantine(owned.Stream);
        bool reset = !host.CanReset || host.TryReset(guest);
        quarantined &= reset || !isShared || _streams.TryQuarantine(owned.Stream);
        virtualBridge.Remove(owned.Slot);
        if (!stopped || !quarantined || !reset)
        {
            // Its vectors stay taken, so that a late message of it meets nobody else.
            owned.Owner = default;
            owned.IsBroken = true;
            return false;
        }

        ref TMsi msi = ref _msi;
        msi.Free(owned.Owner, vectors);
        owned = default;
        return true;
    }

    /// <summary>Takes what a physical interrupt of the MSI controller stands for.</summary>
    /// <param name="interrupt">The machine's interrupt number.</param>
    /// <param name="raised">Gets the vectors that were raised; each has an owner.</param>
    /// <returns>Whether the interrupt is one of the controller's, and whether it must be asked again.</returns>
    [TrapPath]
    public MsiCollection Collect(uint interrupt, ref PendingBits raised) => _msi.Collect(interrupt, ref raised);

    /// <summary>Who owns a vector of the MSI controller.</summary>
    /// <param name="vector">Any number.</param>
    public OwnerId OwnerOf(uint vector) => _msi.OwnerOf(vector);

    private void Break<TEntries>(int entry, in AssignmentRequest<TEntries> request)
        where TEntries : struct, IMsixEntries
        => _owned[entry] = new OwnedFunction { Function = request.Function, Stream = request.Stream, IsBroken = true, Slot = -1 };
}
