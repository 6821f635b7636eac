using System;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Domains;

/// <content>How a whole group gets its owner.</content>
public partial struct FunctionAssignment<TBridge, TMsi, TStreams>
{
    /// <summary>Gives all functions of a group to a guest, or none of them.</summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <typeparam name="TEntries">Memory for its MSI-X tables.</typeparam>
    /// <param name="requests">One a function: every function of the group that the first one is in, and no other; all with one owner.</param>
    /// <param name="guest">Whose they become.</param>
    /// <param name="virtualBridge">The guest's virtual host bridge.</param>
    /// <returns>
    /// <see cref="AssignmentStep.None"/> when the guest owns all of them; otherwise the step that failed, and <see cref="Failure"/> names the function. Then the guest owns none of them.
    /// </returns>
    public AssignmentStep AssignGroup<TGuest, TEntries>(
        ReadOnlySpan<AssignmentRequest<TEntries>> requests, TGuest guest, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        Begin(requests.Length == 0 ? default : requests[0].Function);
        if (requests.Length == 0)
        {
            Fail(AssignmentStep.Check, AssignmentCause.GroupIncomplete);
            return _failure.Step;
        }

        if (!TryKnow(requests[0].Function, out int first) || !TryCover(requests, first))
        {
            return _failure.Step;
        }

        for (int at = 0; at < requests.Length; at++)
        {
            if (Assign(in requests[at], guest, ref virtualBridge) != AssignmentStep.None)
            {
                AssignmentFailure failure = _failure;
                for (int done = at - 1; done >= 0; done--)
                {
                    // One that does not let go is broken, and is written down as such.
                    _ = TryRelease(requests[done].Function, guest, ref virtualBridge);
                }

                _failure = failure;
                return failure.Step;
            }
        }

        return AssignmentStep.None;
    }

    /// <summary>Takes all functions of a group that a guest owns from it.</summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <typeparam name="TEntries">Memory for its MSI-X tables.</typeparam>
    /// <param name="function">Any function of the group.</param>
    /// <param name="guest">Whose they were.</param>
    /// <param name="virtualBridge">The guest's virtual host bridge.</param>
    /// <returns>Whether all of them are free; <see cref="Failure"/> names the first that is not.</returns>
    public bool TryReleaseGroup<TGuest, TEntries>(RequesterId function, TGuest guest, ref VirtualHostBridge<TBridge, TGuest, TEntries> virtualBridge)
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        Begin(function);
        int index = _topology.Find(function);
        if (index < 0)
        {
            return Fail(AssignmentStep.Check, AssignmentCause.NotFound);
        }

        AssignmentFailure first = default;
        for (int other = _topology.Count - 1; other >= 0; other--)
        {
            if (_groups.AreTogether(index, other) && _owned.IsOwned(_topology[other].Id) && !TryRelease(_topology[other].Id, guest, ref virtualBridge) && first.IsNone)
            {
                first = _failure;
            }
        }

        _failure = first;
        return first.IsNone;
    }

    private bool TryCover<TEntries>(ReadOnlySpan<AssignmentRequest<TEntries>> requests, int first)
        where TEntries : struct, IMsixEntries
    {
        for (int at = 0; at < requests.Length; at++)
        {
            int index = _topology.Find(requests[at].Function);
            if (index < 0 || !_groups.AreTogether(first, index) || !requests[at].Owner.Is(requests[0].Owner))
            {
                return FailWith(AssignmentStep.Check, index < 0 ? AssignmentCause.NotFound : AssignmentCause.Group, requests[at].Function);
            }
        }

        for (int member = 0; member < _topology.Count; member++)
        {
            if (_topology[member].IsBridge || !_groups.AreTogether(first, member) || Names(requests, _topology[member].Id))
            {
                continue;
            }

            _failure.Reason = _groups.Why(in _topology, in _rules, first, member);
            return FailWith(AssignmentStep.Check, AssignmentCause.GroupIncomplete, _topology[member].Id);
        }

        return true;
    }

    private static bool Names<TEntries>(ReadOnlySpan<AssignmentRequest<TEntries>> requests, RequesterId function)
        where TEntries : struct, IMsixEntries
    {
        for (int at = 0; at < requests.Length; at++)
        {
            if (requests[at].Function.Is(function))
            {
                return true;
            }
        }

        return false;
    }
}
