using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>
/// Gives functions to guests and takes them back, step by step: each step is written down before it is begun, what was begun is undone in the opposite order when a later one
/// fails, the owner is written down last, and from the first step to the last the function's DMA aborts. It lives in one place.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TMsi">The physical MSI controller.</typeparam>
/// <typeparam name="TStreams">What stands between DMA and memory.</typeparam>
/// <remarks>
/// It takes no lock, so none is held across an access to hardware. One caller at a time may be in it; beside an assignment, a release or a removal, which wait for hardware, only
/// <see cref="Collect"/> and <see cref="OwnerOf"/> must wait as well, for the MSI controller is one struct. While a function is released or removed, the caller keeps the processors of its
/// guest from its config space and memory traps, as it does for each access to a virtual host bridge. Different host bridges have different assignments, which share nothing.
/// </remarks>
public partial struct FunctionAssignment<TBridge, TMsi, TStreams>
    where TBridge : struct, IHostBridge
    where TMsi : struct, IMsiController
    where TStreams : struct, IStreamIsolation
{
    private readonly TBridge _bridge;
    private readonly TStreams _streams;
    private readonly IsolationRules _rules;
    private TMsi _msi;
    private MemoryWindow _low;
    private MemoryWindow _high;
    private PlacedFunctions _placed;
    private OwnedFunctions _owned;
    private Owners _owners;
    private PciTopology _topology;
    private IsolationGroups _groups;
    private AssignmentJournal _journal;
    private AssignmentFailure _failure;
    private bool _surveyed;

    /// <summary>Takes charge of a host bridge, of whose streams nothing is known but what requests say.</summary>
    /// <param name="bridge">The host bridge.</param>
    /// <param name="msi">The MSI controller of its functions.</param>
    /// <param name="streams">What stands between their DMA and memory.</param>
    /// <param name="low">The bridge's memory below 4 GiB.</param>
    /// <param name="high">The bridge's memory above; may be empty.</param>
    public FunctionAssignment(TBridge bridge, TMsi msi, TStreams streams, MemoryWindow low, MemoryWindow high)
        : this(bridge, msi, streams, low, high, default)
    {
    }

    /// <summary>Takes charge of a host bridge.</summary>
    /// <param name="bridge">The host bridge.</param>
    /// <param name="msi">The MSI controller of its functions.</param>
    /// <param name="streams">What stands between their DMA and memory.</param>
    /// <param name="low">The bridge's memory below 4 GiB.</param>
    /// <param name="high">The bridge's memory above; may be empty.</param>
    /// <param name="rules">What decides which functions can be kept apart; what the MSI controller promises is asked of it.</param>
    public FunctionAssignment(TBridge bridge, TMsi msi, TStreams streams, MemoryWindow low, MemoryWindow high, in IsolationRules rules)
    {
        _bridge = bridge;
        _msi = msi;
        _streams = streams;
        _low = low;
        _high = high;
        _rules = rules with { Msi = msi.Abilities };
    }

    /// <summary>Why the bridge was not ready the last time that it was not: which register, and what it showed.</summary>
    public BridgeRefusal LastRefusal { get; private set; }

    /// <summary>What failed in the last assignment, release or removal; nothing after one that went well.</summary>
    public readonly AssignmentFailure Failure => _failure;

    /// <summary>The steps of the last assignment.</summary>
    [UnscopedRef]
    public readonly ref readonly AssignmentJournal Journal => ref _journal;

    /// <summary>Who owns which function.</summary>
    public readonly OwnedFunctions Owned => _owned;

    /// <summary>Who can own functions. An owner that is given one without having been added may have as much as there is.</summary>
    [UnscopedRef]
    public ref Owners Owners => ref _owners;

    /// <summary>The functions as the last survey found them.</summary>
    [UnscopedRef]
    public readonly ref readonly PciTopology Topology => ref _topology;

    /// <summary>Which functions can only go to one owner together.</summary>
    [UnscopedRef]
    public readonly ref readonly IsolationGroups Groups => ref _groups;

    /// <summary>What decides which functions can be kept apart.</summary>
    public readonly IsolationRules Rules => _rules;

    /// <summary>The MSI controller as it is now.</summary>
    public readonly TMsi Msi => _msi;

    /// <summary>Memory windows as they are now: what is left of the one below 4 GiB, in bytes.</summary>
    public readonly ulong FreeLowBytes => _low.FreeBytes;

    /// <summary>
    /// Looks which functions there are and which of them can be kept apart. An assignment does it by itself once; afterwards it is done when a function has come or gone. Functions that somebody
    /// owns are not asked again.
    /// </summary>
    /// <returns>Whether the bridge is ready; if not, nothing is known anew.</returns>
    public bool Survey()
    {
        if (!_bridge.IsReady(out BridgeRefusal refusal))
        {
            LastRefusal = refusal;
            return false;
        }

        BusRange buses = _bridge.Buses;
        _topology.Survey(_bridge, buses.First, buses.Last);
        _groups = IsolationGroups.Of(in _topology, in _rules);
        _surveyed = true;
        return true;
    }

    /// <summary>Surveys, and switches on all access control that ports and functions have, so that groups are as small as they can be.</summary>
    /// <returns>Whether the bridge is ready; if not, nothing was done.</returns>
    public bool Isolate()
    {
        if (!Survey())
        {
            return false;
        }

        _topology.EnableAccessControl(_bridge);
        _groups = IsolationGroups.Of(in _topology, in _rules);
        return true;
    }

    /// <summary>Why two functions can only go to one owner together.</summary>
    /// <param name="first">One function.</param>
    /// <param name="second">The other.</param>
    /// <returns>The reason, or the first of a chain of them; none when they are not in one group, or not known.</returns>
    public readonly IsolationReason Why(RequesterId first, RequesterId second)
    {
        int one = _topology.Find(first);
        int other = _topology.Find(second);
        return one < 0 || other < 0 ? default : _groups.Why(in _topology, in _rules, one, other);
    }

    /// <summary>Forgets an owner that is dying, once nothing of it is left: then its number can be another's.</summary>
    /// <param name="owner">Who.</param>
    /// <param name="mappedPages">Pages of it that are still mapped anywhere.</param>
    public OwnerResult Retire(OwnerId owner, ulong mappedPages)
    {
        for (int entry = 0; entry < OwnedFunctions.Capacity; entry++)
        {
            if (_owned[entry].IsUsed && (_owned[entry].Owner.Is(owner) || (_owned[entry].Former.Is(owner) && !owner.IsNone)))
            {
                return OwnerResult.HasFunctions;
            }
        }

        OwnerResult result = _owners.Retire(owner, mappedPages);
        for (int index = 0; result == OwnerResult.Done && index < _topology.Count; index++)
        {
            if (_topology[index].LastOwner.Is(owner))
            {
                // The next owner of the number is somebody else.
                _topology.Note(index, OwnerId.Hypervisor, _topology[index].IsFresh);
            }
        }

        return result;
    }

    /// <summary>Takes what a physical interrupt of the MSI controller stands for.</summary>
    /// <param name="interrupt">The machine's interrupt number.</param>
    /// <param name="raised">Gets the vectors that were raised; each has an owner.</param>
    /// <returns>Whether the interrupt is one of the controller's, and whether it must be asked again.</returns>
    [TrapPath]
    public MsiCollection Collect(uint interrupt, ref PendingBits raised) => Controller.Collect(interrupt, ref raised);

    /// <summary>
    /// Keeps a vector from its guest, whatever the guest's own masks say: a guest that opens its entry does not open the host's. What arrives meanwhile is kept, as one.
    /// </summary>
    /// <param name="vector">Any number.</param>
    /// <returns>Whether it is masked: not when nobody owns it, nor when the controller has no masks (<see cref="MsiAbilities.MasksVectors"/>).</returns>
    /// <remarks>An ITS is waited for, so this is no part of a trap.</remarks>
    public bool TryMask(uint vector) => Controller.TryMask(vector);

    /// <summary>Lets a vector through to its guest again, as far as the guest's masks do.</summary>
    /// <param name="vector">Any number.</param>
    /// <param name="wasRaised">Whether a message arrived meanwhile that the caller must deliver now; otherwise the controller's interrupt comes by itself.</param>
    /// <returns>As for <see cref="TryMask"/>.</returns>
    public bool TryUnmask(uint vector, out bool wasRaised) => Controller.TryUnmask(vector, out wasRaised);

    /// <summary>Who owns a vector of the MSI controller.</summary>
    /// <param name="vector">Any number.</param>
    public OwnerId OwnerOf(uint vector) => Controller.OwnerOf(vector);

    // Called where it stands: a call through a field that could be readonly would count in a copy.
    [UnscopedRef]
    private ref TMsi Controller => ref _msi;

    private readonly StreamSet StreamsOf(RequesterId function, uint requested)
    {
        StreamSet streams = default;
        int index = _topology.Find(function);
        if (!_rules.Streams.IsKnown || index < 0)
        {
            streams.Add(requested);
            return streams;
        }

        _topology.RequestersOf(index, out RequesterIds ids);
        for (int id = 0; id < ids.Count; id++)
        {
            if (_rules.Streams.TryFind(ids[id], out uint stream))
            {
                streams.Add(stream);
            }
        }

        return streams;
    }

    /// <summary>Whether a function that somebody owns has a stream, beside one.</summary>
    private readonly bool IsInUse(uint stream, int exceptEntry)
    {
        for (int entry = 0; entry < OwnedFunctions.Capacity; entry++)
        {
            if (entry != exceptEntry && !_owned[entry].Owner.IsNone && StreamsOf(_owned[entry].Function, _owned[entry].Stream).Contains(stream))
            {
                return true;
            }
        }

        return false;
    }

    private bool Fail(AssignmentStep step, AssignmentCause cause)
    {
        _failure.Step = step;
        _failure.Cause = cause;
        return false;
    }

    private bool FailAt(AssignmentStep step, AssignmentCause cause, uint register, uint value)
    {
        _failure.Register = register;
        _failure.Value = value;
        return Fail(step, cause);
    }

    private bool FailWith(AssignmentStep step, AssignmentCause cause, RequesterId other)
    {
        _failure.Other = other;
        return Fail(step, cause);
    }

    private bool FailQuota(AssignmentStep step, QuotaKind quota)
    {
        _failure.Quota = quota;
        return Fail(step, AssignmentCause.Quota);
    }

    private void Begin(RequesterId function)
    {
        _failure = default;
        _failure.Function = function;
        _failure.Other = function;
    }
}
