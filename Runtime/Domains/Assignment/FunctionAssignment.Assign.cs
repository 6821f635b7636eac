using System.Numerics;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <content>How a function gets its owner.</content>
public partial struct FunctionAssignment<TBridge, TMsi, TStreams>
{
    /// <summary>
    /// Gives a function to a guest. The other functions of its group must be the same guest's, or nobody's: then they are silenced, and can only become the same guest's.
    /// </summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <typeparam name="TEntries">Memory for its MSI-X table.</typeparam>
    /// <param name="request">Which function, and how the guest is to see it.</param>
    /// <param name="guest">Whose it becomes.</param>
    /// <param name="virtualBridge">The guest's virtual host bridge.</param>
    /// <returns>
    /// <see cref="AssignmentStep.None"/> when the guest owns it; otherwise the step that failed, of which <see cref="Failure"/> says more. Then all steps before it are undone: the
    /// function is free and quarantined, or it is broken and quarantined.
    /// </returns>
    public AssignmentStep Assign<TGuest, TEntries>(
        in AssignmentRequest<TEntries> request, TGuest guest, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        Begin(request.Function);
        if (!Admit(in request, out int index, out int owner, out ResetMethod method))
        {
            return _failure.Step;
        }

        _journal.Begin(_owners[owner].Quota.JournalEntries);
        if (!Perform(in request, index, owner, method, guest, ref virtualBridge, out OwnedFunction function))
        {
            if (!TryUndo(in request, function.Vectors, ref virtualBridge))
            {
                GiveUp(in request, owner, function.Vectors);
            }

            return _failure.Step;
        }

        function.Function = request.Function;
        function.Stream = request.Stream;
        function.Owner = request.Owner;
        _owned[_owned.FindFree()] = function;
        _owners[owner].Functions++;
        _topology.Pin(index);
        _topology.Note(index, request.Owner, isFresh: false);
        return AssignmentStep.None;
    }

    /// <summary>Everything that can be said without touching the hardware.</summary>
    private bool Admit<TEntries>(in AssignmentRequest<TEntries> request, out int index, out int owner, out ResetMethod method)
        where TEntries : struct, IMsixEntries
    {
        index = -1;
        method = ResetMethod.None;
        return TryAdmitOwner(request.Owner, request.Function, out owner)
            && TryKnow(request.Function, out index)
            && TryAdmitGroup(index, request.Owner)
            && TryAdmitStreams(in request, index)
            && TryChooseReset(in request, index, out method);
    }

    private bool TryAdmitOwner(OwnerId id, RequesterId function, out int owner)
    {
        owner = -1;
        if (id.IsNone || id.Is(OwnerId.Hypervisor))
        {
            return Fail(AssignmentStep.Check, AssignmentCause.NotAnOwner);
        }

        if (_owners.StateOf(id) == OwnerState.Dying)
        {
            return Fail(AssignmentStep.Check, AssignmentCause.OwnerDying);
        }

        int entry = _owned.Find(function);
        if (entry >= 0)
        {
            return Fail(
                AssignmentStep.Check,
                _owned[entry].IsBroken ? AssignmentCause.Broken : _owned[entry].IsRemoved ? AssignmentCause.Removed : AssignmentCause.AlreadyOwned);
        }

        if (_owned.FindFree() < 0)
        {
            return Fail(AssignmentStep.Check, AssignmentCause.NoRoom);
        }

        if (_owners.StateOf(id) == OwnerState.Unknown && _owners.Add(id, OwnerQuota.Unlimited) != OwnerResult.Done)
        {
            return FailQuota(AssignmentStep.Check, QuotaKind.Owners);
        }

        owner = _owners.Find(id);
        return _owners[owner].Functions < _owners[owner].Quota.Functions || FailQuota(AssignmentStep.Check, QuotaKind.Functions);
    }

    private bool TryKnow(RequesterId function, out int index)
    {
        index = -1;
        if (!_bridge.IsReady(out BridgeRefusal refusal))
        {
            LastRefusal = refusal;
            return FailAt(AssignmentStep.Bridge, AssignmentCause.BridgeNotReady, refusal.Offset, refusal.Value);
        }

        index = _topology.Find(function);
        if ((!_surveyed || index < 0) && Survey())
        {
            index = _topology.Find(function);
        }

        return index < 0 || _topology[index].IsBridge ? Fail(AssignmentStep.Probe, AssignmentCause.NotFound)
            : _topology.IsComplete || Fail(AssignmentStep.Check, AssignmentCause.TopologyIncomplete);
    }

    private bool TryAdmitGroup(int index, OwnerId owner)
    {
        for (int other = 0; other < _topology.Count; other++)
        {
            int entry = other == index || _topology[other].IsBridge ? -1 : _owned.Find(_topology[other].Id);
            if (entry < 0)
            {
                continue;
            }

            bool isVirtual = _topology[other].IsVirtual && _topology[other].Physical.Is(_topology[index].Id);
            if (isVirtual || (_topology[index].IsVirtual && _topology[index].Physical.Is(_topology[other].Id)))
            {
                _failure.Reason = new IsolationReason(
                    IsolationRelation.VirtualFunction, _topology[index].Id, _topology[other].Id, isVirtual ? _topology[index].Id : _topology[other].Id, 0);
                return FailWith(AssignmentStep.Check, AssignmentCause.Group, _topology[other].Id);
            }

            if (_groups.AreTogether(index, other) && !_owned[entry].IsRemoved && !_owned[entry].Owner.Is(owner))
            {
                _failure.Reason = _groups.Why(in _topology, in _rules, index, other);
                return FailWith(AssignmentStep.Check, AssignmentCause.Group, _topology[other].Id);
            }
        }

        return _topology[index].VirtualCount == 0 || Fail(AssignmentStep.Check, AssignmentCause.HasVirtualFunctions);
    }

    private bool TryAdmitStreams<TEntries>(in AssignmentRequest<TEntries> request, int index)
        where TEntries : struct, IMsixEntries
    {
        RequesterId function = _topology[index].Id;
        if (_rules.Streams.IsKnown && !(_rules.Streams.TryFind(function, out uint own) && own == request.Stream))
        {
            return FailAt(AssignmentStep.Check, AssignmentCause.StreamMismatch, 0, request.Stream);
        }

        // Without a map, what requests say is all that is known.
        for (int entry = 0; entry < OwnedFunctions.Capacity; entry++)
        {
            if (_owned[entry].IsUsed && !_owned[entry].Owner.Is(request.Owner) && StreamsOf(_owned[entry].Function, _owned[entry].Stream).Contains(request.Stream))
            {
                _failure.Reason = new IsolationReason(IsolationRelation.SharedStream, function, _owned[entry].Function, function, request.Stream);
                return FailWith(AssignmentStep.Check, AssignmentCause.Group, _owned[entry].Function);
            }
        }

        return true;
    }

    private bool TryChooseReset<TEntries>(in AssignmentRequest<TEntries> request, int index, out ResetMethod method)
        where TEntries : struct, IMsixEntries
    {
        ref readonly TopologyFunction function = ref _topology[index];
        method = function.Resets.Preferred;
        if (method != ResetMethod.None)
        {
            return true;
        }

        if (TryFindResetBus(index, out _, out RequesterId other, out AssignmentCause cause))
        {
            method = ResetMethod.SecondaryBus;
            return true;
        }

        // What it may still hold is nothing, or the same owner's, or it is trusted. One that cannot be reset at all has one owner from the machine's start on.
        bool isFirst = cause == AssignmentCause.NoReset && function.LastOwner.IsNone;
        return function.IsFresh || isFirst || function.LastOwner.Is(request.Owner) || request.TrustsState || FailWith(AssignmentStep.Reset, cause, other);
    }

    /// <summary>The bridge whose secondary bus can be reset for a function: when nothing below it is in use, and no other bridge is there that would lose its buses.</summary>
    private readonly bool TryFindResetBus(int index, out int bridge, out RequesterId other, out AssignmentCause cause)
    {
        bridge = _topology[index].Parent;
        other = _topology[index].Id;
        cause = AssignmentCause.NoReset;
        for (int below = 0; bridge >= 0 && below < _topology.Count; below++)
        {
            if (below != index && _topology.IsBelow(below, bridge) && (_topology[below].IsBridge || _owned.IsOwned(_topology[below].Id)))
            {
                other = _topology[below].Id;
                cause = _topology[below].IsBridge ? AssignmentCause.NoReset : AssignmentCause.BusInUse;
                return false;
            }
        }

        return bridge >= 0;
    }

    private bool Perform<TGuest, TEntries>(
        in AssignmentRequest<TEntries> request,
        int index,
        int owner,
        ResetMethod method,
        TGuest guest,
        ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge,
        out OwnedFunction function)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        function = default;
        return TryQuarantineAll(in request)
            && TrySilenceGroup(index)
            && TryPrepare(in request, index, method, guest, out HostFunction<TBridge> host)
            && TryAllocate(in request, index, owner, in host, out function)
            && TryPublish(in request, host, guest, ref virtualBridge, ref function)
            && TryAttachAll(in request);
    }

    private bool TryRecord(AssignmentStep step, uint value) => _journal.TryRecord(step, value) || FailQuota(step, QuotaKind.JournalEntries);

    private bool TryQuarantineAll<TEntries>(in AssignmentRequest<TEntries> request)
        where TEntries : struct, IMsixEntries
    {
        StreamSet streams = StreamsOf(request.Function, request.Stream);
        for (int index = 0; index < streams.Count; index++)
        {
            // Functions that share a stream share its owner. The first one opens it, the last one closes it; in between they can reach what the owner may reach.
            if (IsInUse(streams[index], -1))
            {
                continue;
            }

            if (!TryRecord(AssignmentStep.Quarantine, streams[index]))
            {
                return false;
            }

            if (!_streams.TryQuarantine(streams[index], default))
            {
                return FailAt(AssignmentStep.Quarantine, AssignmentCause.QuarantineIncomplete, 0, streams[index]);
            }

            _journal.Complete(streams[index], 1);
        }

        return true;
    }

    private bool TrySilenceGroup(int index)
    {
        if (!TryRecord(AssignmentStep.Silence, 0))
        {
            return false;
        }

        for (int other = 0; other < _topology.Count; other++)
        {
            if (other == index || _topology[other].IsBridge || !_groups.AreTogether(index, other) || _owned.Find(_topology[other].Id) >= 0)
            {
                continue;
            }

            PciHeader.Registers<FunctionConfig<TBridge>> header = new(new FunctionConfig<TBridge>(_bridge, _topology[other].Id), new RegisterAddress(0));
            PciHeader.Command command = header.Command.Read();
            if (command.Value != ushort.MaxValue && (command.Master || command.Memory || command.Io))
            {
                header.Command.Write(default(PciHeader.Command) with { IntxDisable = true });
                command = header.Command.Read();
                if (command.Master && command.Value != ushort.MaxValue)
                {
                    _failure.Register = PciHeader.Offsets.Command;
                    _failure.Value = command.Value;
                    return FailWith(AssignmentStep.Silence, AssignmentCause.NotSilent, _topology[other].Id);
                }
            }
        }

        _journal.Complete(0, 0);
        return true;
    }

    private bool TryPrepare<TGuest, TEntries>(
        in AssignmentRequest<TEntries> request, int index, ResetMethod method, TGuest guest, out HostFunction<TBridge> host)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        host = default;
        if (!TryRecord(AssignmentStep.Probe, 0))
        {
            return false;
        }

        if (!HostFunction<TBridge>.TryProbe(_bridge, request.Function, out HostFunction<TBridge> first)
            || !HostFunction<TBridge>.TryProbe(_bridge, request.Function, out host))
        {
            return FailAt(AssignmentStep.Probe, AssignmentCause.NotFound, PciHeader.Offsets.VendorId, 0);
        }

        if (!host.Agrees(in first))
        {
            return Fail(AssignmentStep.Probe, AssignmentCause.Contradicts);
        }

        // Whoever had it before may have left it asleep.
        if (!host.TryWake(guest))
        {
            return FailAt(AssignmentStep.Probe, AssignmentCause.NotFound, host.PowerOffset + PmCapability.Offsets.Pmcsr, 0);
        }

        _journal.Complete(0, 0);
        host.KeepAccessControl(_topology[index].AccessOffset, (ushort)_topology[index].AccessEnabled);
        if (_rules.KeepsPlaces && !_placed.TryKeep(ref host, in _low, in _high))
        {
            return Fail(AssignmentStep.Place, AssignmentCause.NoPlace);
        }

        if (method != ResetMethod.None && !TryReset(host, index, method, guest))
        {
            return false;
        }

        if (!TryRecord(AssignmentStep.Place, 0))
        {
            return false;
        }

        if (!_placed.TryPlace(ref host, ref _low, ref _high))
        {
            return Fail(AssignmentStep.Place, AssignmentCause.NoPlace);
        }

        if (!host.TryRestore(out uint register, out uint value))
        {
            return FailAt(AssignmentStep.Place, AssignmentCause.NotRestored, register, value);
        }

        _journal.Complete(0, 0);
        return true;
    }

    private bool TryReset<TGuest>(HostFunction<TBridge> host, int index, ResetMethod method, TGuest guest)
        where TGuest : struct, IGuest
        => TryRecord(AssignmentStep.Reset, (uint)method) && TryResetNow(host.Config, index, method, guest, AssignmentStep.Reset) && CompleteReset(method);

    private bool CompleteReset(ResetMethod method)
    {
        _journal.Complete((uint)method, 0);
        return true;
    }

    private bool TryResetNow<TGuest>(FunctionConfig<TBridge> config, int index, ResetMethod method, TGuest guest, AssignmentStep step)
        where TGuest : struct, IGuest
    {
        ResetAbilities abilities = _topology[index].Resets;
        FunctionReset<TBridge, TGuest> reset = new(config, in abilities, guest);
        int bridge = _topology[index].Parent;
        ResetResult result = method != ResetMethod.SecondaryBus ? reset.Reset(method)
            : bridge >= 0 ? reset.ResetBus(new FunctionConfig<TBridge>(_bridge, _topology[bridge].Id))
            : ResetResult.Impossible;
        if (result != ResetResult.Done)
        {
            return FailAt(
                step,
                result == ResetResult.NotAtRest ? AssignmentCause.NotAtRest : result == ResetResult.Impossible ? AssignmentCause.NoReset : AssignmentCause.ResetIncomplete,
                reset.FailedRegister,
                reset.FailedValue);
        }

        _topology.Note(index, _topology[index].LastOwner, isFresh: true);
        for (int other = 0; method == ResetMethod.SecondaryBus && other < _topology.Count; other++)
        {
            if (other != index && _topology.IsBelow(other, bridge))
            {
                _topology.Note(other, _topology[other].LastOwner, isFresh: true);
            }
        }

        return true;
    }

    private bool TryAllocate<TEntries>(
        in AssignmentRequest<TEntries> request, int index, int owner, in HostFunction<TBridge> host, out OwnedFunction function)
        where TEntries : struct, IMsixEntries
    {
        function = default;
        VectorNeed need = VectorNeed.Of(in host, request.Policy, request.MostVectors);
        if (need.Count == 0)
        {
            return true;
        }

        ref Owner has = ref _owners[owner];
        if (need.Count > has.Quota.Vectors - (has.Vectors < has.Quota.Vectors ? has.Vectors : has.Quota.Vectors))
        {
            return FailQuota(AssignmentStep.Vectors, QuotaKind.Vectors);
        }

        _topology.RequestersOf(index, out RequesterIds ids);
        MsiRequest messages = new()
        {
            Owner = request.Owner,
            Requester = request.Function,
            Alias = AliasOf(in request, index),
            PhantomBits = (uint)BitOperations.Log2((uint)ids.OwnCount),
        };
        if (!TryRecord(AssignmentStep.Vectors, 0))
        {
            return false;
        }

        if (need.Entries > request.Entries.Capacity || !need.TryAllocate(ref Controller, messages, out VectorBlock vectors))
        {
            return Fail(AssignmentStep.Vectors, AssignmentCause.NoVectors);
        }

        function.Vectors = vectors;
        has.Vectors += vectors.Count;
        _journal.Complete(vectors.First, vectors.Count);
        return true;
    }

    private readonly RequesterId AliasOf<TEntries>(in AssignmentRequest<TEntries> request, int index)
        where TEntries : struct, IMsixEntries
    {
        _topology.RequestersOf(index, out RequesterIds ids);
        return request.Alias.Value != 0 || ids.Count == ids.OwnCount ? request.Alias : ids[ids.OwnCount];
    }

    private bool TryPublish<TGuest, TEntries>(
        in AssignmentRequest<TEntries> request,
        HostFunction<TBridge> host,
        TGuest guest,
        ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge,
        ref OwnedFunction function)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        function.Slot = -1;
        if (!TryRecord(AssignmentStep.Publish, 0))
        {
            return false;
        }

        FunctionGrant<TEntries> grant = new()
        {
            Place = request.Place,
            Windows = request.Windows,
            Entries = request.Entries,
            Vectors = function.Vectors,
            Message = function.Vectors.Count == 0 ? default : Controller.Message(function.Vectors.First),
            Policy = request.Policy,
        };
        GuestFunction<TBridge, TGuest, TEntries> published = new(host, guest, in grant);
        if (!virtualBridge.TryAdd(request.Place, in published, out int slot))
        {
            return Fail(AssignmentStep.Publish, AssignmentCause.NotPublished);
        }

        function.Slot = slot;
        _journal.Complete((uint)slot, 1);
        return true;
    }

    private bool TryAttachAll<TEntries>(in AssignmentRequest<TEntries> request)
        where TEntries : struct, IMsixEntries
    {
        StreamSet streams = StreamsOf(request.Function, request.Stream);
        for (int index = 0; index < streams.Count; index++)
        {
            if (IsInUse(streams[index], -1))
            {
                continue;
            }

            if (!TryRecord(AssignmentStep.Attach, streams[index]))
            {
                return false;
            }

            if (!_streams.TryAttach(streams[index], request.Owner))
            {
                return FailAt(AssignmentStep.Attach, AssignmentCause.NotAttached, 0, streams[index]);
            }

            _journal.Complete(streams[index], 1);
        }

        return true;
    }

    /// <summary>Undoes what the journal says, from its end.</summary>
    /// <returns>Whether the function is free and quarantined.</returns>
    private bool TryUndo<TGuest, TEntries>(
        in AssignmentRequest<TEntries> request, VectorBlock vectors, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        bool undone = true;
        for (int at = _journal.Count - 1; at >= 0; at--)
        {
            JournalEntry entry = _journal[at];
            switch (entry.Step)
            {
                case AssignmentStep.Attach:
                    undone &= _streams.TryQuarantine(entry.Value, request.Owner);
                    break;
                case AssignmentStep.Publish when entry.IsDone:
                    undone &= virtualBridge.FunctionOf((int)entry.Value).TryStop();
                    virtualBridge.Remove((int)entry.Value);
                    break;
                case AssignmentStep.Vectors when entry.IsDone && undone:
                    Controller.Free(request.Owner, vectors);
                    _owners[_owners.Find(request.Owner)].Vectors -= vectors.Count;
                    break;
                case AssignmentStep.Quarantine:
                    undone &= entry.IsDone;
                    break;
                default:
                    break;
            }
        }

        return undone;
    }

    private void GiveUp<TEntries>(in AssignmentRequest<TEntries> request, int owner, VectorBlock vectors)
        where TEntries : struct, IMsixEntries
    {
        // Vectors that could not be given back stay the old owner's, so that a late message of the function meets nobody else.
        bool kept = vectors.Count != 0 && Controller.OwnerOf(vectors.First).Is(_owners[owner].Id);
        _failure.IsBroken = true;
        _owned[_owned.FindFree()] = new OwnedFunction
        {
            Function = request.Function,
            Stream = request.Stream,
            Former = request.Owner,
            IsBroken = true,
            Vectors = kept ? vectors : default,
            Slot = -1,
        };
        _topology.Pin(_topology.Find(request.Function));
    }
}
