using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <content>How a function loses its owner.</content>
public partial struct FunctionAssignment<TBridge, TMsi, TStreams>
{
    /// <summary>
    /// Takes a function from its guest: it stops mastering, what it has under way comes to rest, its messages are torn down, its memory is unmapped, its DMA is quarantined, it is reset
    /// and its memory gets its places again. A step that fails keeps none of the later ones that take something away from being done.
    /// </summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <typeparam name="TEntries">Memory for its MSI-X table.</typeparam>
    /// <param name="function">Which function.</param>
    /// <param name="guest">Whose it was.</param>
    /// <param name="virtualBridge">The guest's virtual host bridge.</param>
    /// <returns>
    /// Whether the function is free again. If not, nobody owned it, or it is broken: what could be taken away was, and it is never assigned again. <see cref="Failure"/> says which
    /// step failed first.
    /// </returns>
    public bool TryRelease<TGuest, TEntries>(RequesterId function, TGuest guest, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        if (!TryBeginRelease(function, out int entry))
        {
            return false;
        }

        ref OwnedFunction owned = ref _owned[entry];
        ref GuestFunction<TBridge, TGuest, TEntries> published = ref virtualBridge.FunctionOf(owned.Slot);
        HostFunction<TBridge> host = published.Host;
        int index = _topology.Find(function);
        bool silent = TrySilence(ref published, index, host.Config, guest);
        published.StopInterrupts();
        MaskVectors(owned.Vectors);
        if (silent)
        {
            // A function that is at rest has no message under way. One that is not keeps its vectors.
            FreeVectors(ref owned);
        }

        bool unmapped = published.TryStop() || FailFirst(AssignmentStep.Unmap, AssignmentCause.UnmapIncomplete, 0, 0);
        bool stopped = silent && unmapped && !published.IsBroken;
        if (published.IsBroken)
        {
            _ = FailFirst(AssignmentStep.Unmap, AssignmentCause.UnmapIncomplete, 0, 0);
        }

        virtualBridge.Remove(owned.Slot);
        bool closed = TryClose(entry, stopped);
        bool restored = TryResetAtEnd(host, index, entry, guest);
        if (!restored && stopped)
        {
            // What does not let go takes those with it that cannot be told apart from it.
            closed &= TryClose(entry, alone: false);
        }

        return Settle(entry, index, stopped && closed && restored);
    }

    private bool TryBeginRelease(RequesterId function, out int entry)
    {
        Begin(function);
        entry = _owned.Find(function);
        if (entry < 0 || _owned[entry].Owner.IsNone)
        {
            return Fail(AssignmentStep.Check, AssignmentCause.NotOwned);
        }

        for (int other = 0; other < _topology.Count; other++)
        {
            if (_topology[other].IsVirtual && _topology[other].Physical.Is(function) && _owned.IsOwned(_topology[other].Id))
            {
                return FailWith(AssignmentStep.Check, AssignmentCause.HasVirtualFunctions, _topology[other].Id);
            }
        }

        return true;
    }

    /// <summary>Stops the function from mastering, sees that it did stop, and waits for what it has under way.</summary>
    private bool TrySilence<TGuest, TEntries>(
        ref GuestFunction<TBridge, TGuest, TEntries> published, int index, FunctionConfig<TBridge> config, TGuest guest)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        published.StopMastering();
        PciHeader.Command command = new PciHeader.Registers<FunctionConfig<TBridge>>(config, new RegisterAddress(0)).Command.Read();
        if (command.Value == ushort.MaxValue)
        {
            return FailFirst(AssignmentStep.Stop, AssignmentCause.Vanished, PciHeader.Offsets.Command, command.Value);
        }

        if (command.Master)
        {
            return FailFirst(AssignmentStep.Stop, AssignmentCause.NotSilent, PciHeader.Offsets.Command, command.Value);
        }

        ResetAbilities abilities = _topology[index].Resets;
        FunctionReset<TBridge, TGuest> rest = new(config, in abilities, guest);
        ResetResult result = rest.WaitForRest();
        return result == ResetResult.Done
            || FailFirst(
                AssignmentStep.Drain,
                result == ResetResult.NotAtRest ? AssignmentCause.NotAtRest : AssignmentCause.Vanished,
                rest.FailedRegister,
                rest.FailedValue);
    }

    private void MaskVectors(VectorBlock vectors)
    {
        for (uint vector = vectors.First; (Controller.Abilities & MsiAbilities.MasksVectors) != 0 && vector - vectors.First < vectors.Count; vector++)
        {
            _ = Controller.TryMask(vector);
        }
    }

    private void FreeVectors(ref OwnedFunction owned)
    {
        OwnerId owner = owned.Owner.IsNone ? owned.Former : owned.Owner;
        if (owned.Vectors.Count != 0)
        {
            Controller.Free(owner, owned.Vectors);
            int entry = _owners.Find(owner);
            if (entry >= 0)
            {
                _owners[entry].Vectors -= owned.Vectors.Count;
            }

            owned.Vectors = default;
        }
    }

    /// <summary>Quarantines the function's streams; when it is to take nobody with it, only those that no other function in use has.</summary>
    private bool TryClose(int entry, bool alone)
    {
        bool closed = true;
        StreamSet streams = StreamsOf(_owned[entry].Function, _owned[entry].Stream);
        OwnerId owner = _owned[entry].Owner.IsNone ? _owned[entry].Former : _owned[entry].Owner;
        for (int index = 0; index < streams.Count; index++)
        {
            if ((!alone || !IsInUse(streams[index], entry)) && !_streams.TryQuarantine(streams[index], owner))
            {
                closed = FailFirst(AssignmentStep.Quarantine, AssignmentCause.QuarantineIncomplete, 0, streams[index]);
            }
        }

        return closed;
    }

    private bool TryResetAtEnd<TGuest>(HostFunction<TBridge> host, int index, int entry, TGuest guest)
        where TGuest : struct, IGuest
    {
        ResetMethod method = _topology[index].Resets.Preferred;
        OwnerId owner = _owned[entry].Owner;

        // The function itself is in use by nobody any more.
        _owned[entry].Owner = default;
        _owned[entry].Former = owner;
        method = method == ResetMethod.None && TryFindResetBus(index, out _, out _, out _) ? ResetMethod.SecondaryBus : method;
        AssignmentFailure first = _failure;
        bool reset = method == ResetMethod.None || TryResetNow(host.Config, index, method, guest, AssignmentStep.Reset);
        uint register = 0;
        uint value = 0;
        bool restored = reset && host.TryRestore(out register, out value);
        _owned[entry].Owner = owner;
        _owned[entry].Former = default;
        AssignmentFailure failed = _failure;
        _failure = first.IsNone ? failed : first;
        return restored || (reset ? FailFirst(AssignmentStep.Restore, AssignmentCause.NotRestored, register, value) : false);
    }

    /// <summary>Writes down what became of the function: the last step.</summary>
    private bool Settle(int entry, int index, bool isFree)
    {
        ref OwnedFunction owned = ref _owned[entry];
        int owner = _owners.Find(owned.Owner);
        if (owner >= 0)
        {
            _owners[owner].Functions--;
        }

        if (isFree)
        {
            owned = default;
            _topology.Unpin(index);
            return true;
        }

        _failure.IsBroken = true;
        owned.Former = owned.Owner;
        owned.Owner = default;
        owned.IsBroken = true;
        owned.Slot = -1;
        return false;
    }

    private bool FailFirst(AssignmentStep step, AssignmentCause cause, uint register, uint value)
        => _failure.IsNone && FailAt(step, cause, register, value);
}
