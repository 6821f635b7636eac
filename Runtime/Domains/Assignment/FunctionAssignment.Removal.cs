using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <content>How functions go and come while the machine runs.</content>
public partial struct FunctionAssignment<TBridge, TMsi, TStreams>
{
    /// <summary>
    /// Takes a function that has gone without a word from its guest: everything on the machine's side of it is torn down, its streams are quarantined, its vectors are masked and stay the
    /// owner's, because a message of it may still be under way. It is not waited for. Virtual functions of it are to be removed first; one that is still assigned is noted as gone with it.
    /// </summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <typeparam name="TEntries">Memory for its MSI-X table.</typeparam>
    /// <param name="function">Which function. It may as well be there still, and answer anything: it is told to be silent.</param>
    /// <param name="guest">Whose it was.</param>
    /// <param name="virtualBridge">The guest's virtual host bridge.</param>
    /// <returns>
    /// Whether all that was its is out of its reach: then <see cref="TryReadmit"/> lets the place be used again. If not, nobody owned it, virtual functions of it have owners, or it is broken.
    /// </returns>
    public bool TryRemove<TGuest, TEntries>(RequesterId function, TGuest guest, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        if (!TryBeginRelease(function, out int entry))
        {
            return false;
        }

        ref OwnedFunction owned = ref _owned[entry];
        ref GuestFunction<TBridge, TGuest, TEntries> published = ref virtualBridge.FunctionOf(owned.Slot);
        published.StopMastering();
        published.StopInterrupts();
        MaskVectors(owned.Vectors);
        bool unmapped = (published.TryStop() && !published.IsBroken) || FailFirst(AssignmentStep.Unmap, AssignmentCause.UnmapIncomplete, 0, 0);
        virtualBridge.Remove(owned.Slot);
        bool closed = TryClose(entry, alone: true);
        Settle(entry, _topology.Find(function), isFree: false);
        owned.IsBroken = !unmapped || !closed;
        owned.IsRemoved = !owned.IsBroken;
        _failure.IsBroken = owned.IsBroken;
        return owned.IsRemoved;
    }

    /// <summary>
    /// Lets the place of a removed function be used again, whether or not something has been plugged in there: its streams are quarantined once more, its vectors are given back, and what is there is
    /// looked at anew. Only after the MSI controller was collected to its end since the removal.
    /// </summary>
    /// <param name="function">Which function.</param>
    /// <returns>Whether the place is free. Not when the quarantine is not confirmed, nor when the function had not been removed.</returns>
    public bool TryReadmit(RequesterId function)
    {
        Begin(function);
        int entry = _owned.Find(function);
        if (entry < 0 || !_owned[entry].IsRemoved)
        {
            return Fail(AssignmentStep.Check, AssignmentCause.NotOwned);
        }

        if (!TryClose(entry, alone: true))
        {
            return false;
        }

        FreeVectors(ref _owned[entry]);
        _owned[entry] = default;
        int index = _topology.Find(function);
        if (index >= 0)
        {
            // What comes is somebody that nobody knows.
            _topology.Note(index, OwnerId.Hypervisor, isFresh: false);
            _topology.Unpin(index);
        }

        _placed.Vacate(function);
        return Survey() || Fail(AssignmentStep.Bridge, AssignmentCause.BridgeNotReady);
    }

    /// <summary>
    /// Lets go of a function that is free and is about to be taken out in an orderly way: it neither decodes nor masters, and what comes to its place is looked at anew.
    /// </summary>
    /// <param name="function">Which function.</param>
    /// <returns>Whether it may be taken out: not while somebody owns it or a virtual function of it, nor when it does not fall silent.</returns>
    public bool TryEject(RequesterId function)
    {
        Begin(function);
        int index = _topology.Find(function);
        int entry = _owned.Find(function);
        if (index < 0 || entry >= 0)
        {
            return Fail(AssignmentStep.Check, index < 0 ? AssignmentCause.NotFound : _owned[entry].IsBroken ? AssignmentCause.Broken : AssignmentCause.AlreadyOwned);
        }

        for (int other = 0; other < _topology.Count; other++)
        {
            bool goesAlong = (_topology[other].IsVirtual && _topology[other].Physical.Is(function)) || _topology.IsBelow(other, index);
            if (goesAlong && _owned.IsOwned(_topology[other].Id))
            {
                return FailWith(
                    AssignmentStep.Check, _topology[other].IsVirtual ? AssignmentCause.HasVirtualFunctions : AssignmentCause.BusInUse, _topology[other].Id);
            }
        }

        PciHeader.Registers<FunctionConfig<TBridge>> header = new(new FunctionConfig<TBridge>(_bridge, function), new RegisterAddress(0));
        header.Command.Write(default(PciHeader.Command) with { IntxDisable = true });
        PciHeader.Command command = header.Command.Read();
        if (command.Value != ushort.MaxValue && (command.Master || command.Memory))
        {
            return FailAt(AssignmentStep.Stop, AssignmentCause.NotSilent, PciHeader.Offsets.Command, command.Value);
        }

        _topology.Note(index, OwnerId.Hypervisor, isFresh: false);
        _placed.Vacate(function);
        return true;
    }

    /// <summary>
    /// Gives a function of one guest to another, by release and assignment: in between it is quarantined, and there it stays when the other one does not get it.
    /// </summary>
    /// <typeparam name="TGuest">The guests.</typeparam>
    /// <typeparam name="TEntries">Memory for their MSI-X tables.</typeparam>
    /// <param name="request">Which function, and how the new guest is to see it. Its place in the group is checked before anything is taken from the old guest.</param>
    /// <param name="from">Whose it was.</param>
    /// <param name="fromBridge">The old guest's virtual host bridge.</param>
    /// <param name="to">Whose it becomes.</param>
    /// <param name="toBridge">The new guest's virtual host bridge.</param>
    /// <returns>None when the new guest owns it; otherwise the step that failed. <see cref="AssignmentStep.Check"/> may leave it with the old guest; <see cref="Owned"/> says so.</returns>
    public AssignmentStep Move<TGuest, TEntries>(
        in AssignmentRequest<TEntries> request,
        TGuest from,
        ref VirtualHostBridge<TBridge, TGuest, TEntries> fromBridge,
        TGuest to,
        ref VirtualHostBridge<TBridge, TGuest, TEntries> toBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        Begin(request.Function);
        int index = _topology.Find(request.Function);
        int entry = _owned.Find(request.Function);
        if (entry < 0 || _owned[entry].Owner.IsNone)
        {
            Fail(AssignmentStep.Check, AssignmentCause.NotOwned);
            return _failure.Step;
        }

        bool isSelf = _owned[entry].Owner.Is(request.Owner);
        if (isSelf || request.Owner.IsNone || request.Owner.Is(OwnerId.Hypervisor) || _owners.StateOf(request.Owner) == OwnerState.Dying)
        {
            Fail(
                AssignmentStep.Check,
                isSelf ? AssignmentCause.AlreadyOwned
                    : _owners.StateOf(request.Owner) == OwnerState.Dying ? AssignmentCause.OwnerDying
                    : AssignmentCause.NotAnOwner);
            return _failure.Step;
        }

        return TryAdmitGroup(index, request.Owner) && TryRelease(request.Function, from, ref fromBridge)
            ? Assign(in request, to, ref toBridge)
            : _failure.Step;
    }
}
