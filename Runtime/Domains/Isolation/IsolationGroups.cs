using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>
/// Which functions can only go to one owner together: the groups of one relation that joins everything by which one function could pretend to be another, reach it or disturb it.
/// Bridges are nobody's and are in no group.
/// </summary>
public struct IsolationGroups
{
    private Roots _roots;

    /// <summary>Computes the groups.</summary>
    /// <param name="topology">The functions.</param>
    /// <param name="rules">What the board says.</param>
    public static IsolationGroups Of(in PciTopology topology, in IsolationRules rules)
    {
        IsolationGroups groups = default;
        for (int index = 0; index < topology.Count; index++)
        {
            groups._roots[index] = (byte)index;
        }

        for (int first = 0; first < topology.Count; first++)
        {
            for (int second = first + 1; second < topology.Count; second++)
            {
                if (groups.Root(first) != groups.Root(second) && !Relate(in topology, in rules, first, second).IsNone)
                {
                    groups.Join(groups.Root(first), groups.Root(second), topology.Count);
                }
            }
        }

        return groups;
    }

    /// <summary>The group of a function: the lowest index of a function in it.</summary>
    /// <param name="index">The function's index in the topology.</param>
    public readonly int GroupOf(int index) => _roots[index];

    /// <summary>Whether two functions are in one group.</summary>
    /// <param name="first">One function's index in the topology.</param>
    /// <param name="second">The other's.</param>
    public readonly bool AreTogether(int first, int second) => _roots[first] == _roots[second];

    /// <summary>Why two functions are in one group.</summary>
    /// <param name="topology">The topology that the groups were computed of.</param>
    /// <param name="rules">The rules that they were computed by.</param>
    /// <param name="first">One function's index.</param>
    /// <param name="second">The other's.</param>
    /// <returns>
    /// The reason if they are related themselves; otherwise the first step of the shortest chain of relations between them. None when they are not in one group.
    /// </returns>
    public readonly IsolationReason Why(in PciTopology topology, in IsolationRules rules, int first, int second)
    {
        if (first == second || !AreTogether(first, second))
        {
            return default;
        }

        // From the far end: when the near end is reached, the one that it is reached from is the first step.
        Roots queue = default;
        Roots state = default;
        int head = 0;
        int tail = 0;
        queue[tail++] = (byte)second;
        state[second] = 1;
        while (head < tail)
        {
            int at = queue[head++];
            IsolationReason reason = Relate(in topology, in rules, first, at);
            if (!reason.IsNone)
            {
                return reason;
            }

            for (int next = 0; next < topology.Count; next++)
            {
                if (state[next] == 0 && AreTogether(next, at) && !Relate(in topology, in rules, at, next).IsNone)
                {
                    state[next] = 1;
                    queue[tail++] = (byte)next;
                }
            }
        }

        return default;
    }

    /// <summary>Whether, and how, two functions are related themselves.</summary>
    /// <param name="topology">The functions.</param>
    /// <param name="rules">What the board says.</param>
    /// <param name="first">One function's index.</param>
    /// <param name="second">The other's.</param>
    public static IsolationReason Relate(in PciTopology topology, in IsolationRules rules, int first, int second)
    {
        ref readonly TopologyFunction a = ref topology[first];
        ref readonly TopologyFunction b = ref topology[second];
        if (first == second || a.IsBridge || b.IsBridge)
        {
            return default;
        }

        IsolationReason reason = RelateRequesters(in topology, in rules, first, second);
        reason = reason.IsNone ? RelatePaths(in topology, first, second) : reason;
        if (!reason.IsNone)
        {
            return reason;
        }

        if (a.IsUnrouted && b.IsUnrouted)
        {
            return new IsolationReason(IsolationRelation.UnknownPath, a.Id, b.Id, a.Id, 0);
        }

        if (rules.OffersIntx && topology.TryFindLine(first, out uint line) && topology.TryFindLine(second, out uint other) && line == other)
        {
            return new IsolationReason(IsolationRelation.SharedIntx, a.Id, b.Id, a.Id, line);
        }

        if (rules.KeepsPlaces && TryFindSharedPage(in a, in b, out ulong page))
        {
            return new IsolationReason(IsolationRelation.SharedPage, a.Id, b.Id, a.Id, (uint)page);
        }

        return (rules.Msi & MsiAbilities.IsolatesRequesters) == 0
            ? new IsolationReason(IsolationRelation.SharedMsiController, a.Id, b.Id, a.Id, 0)
            : default;
    }

    private static IsolationReason RelateRequesters(in PciTopology topology, in IsolationRules rules, int first, int second)
    {
        ref readonly TopologyFunction a = ref topology[first];
        ref readonly TopologyFunction b = ref topology[second];
        topology.RequestersOf(first, out RequesterIds own);
        topology.RequestersOf(second, out RequesterIds others);
        for (int index = 0; index < own.Count; index++)
        {
            if (others.Contains(own[index]))
            {
                bool isPhantom = index < own.OwnCount && IsOwn(in others, own[index]);
                return new IsolationReason(
                    isPhantom ? IsolationRelation.PhantomFunction : IsolationRelation.RequesterAlias, a.Id, b.Id, isPhantom ? a.Id : own[index], own[index].Value);
            }
        }

        for (int index = 0; index < own.Count; index++)
        {
            for (int other = 0; other < others.Count; other++)
            {
                if (rules.Streams.TryFind(own[index], out uint stream) && rules.Streams.TryFind(others[other], out uint same) && stream == same)
                {
                    return new IsolationReason(IsolationRelation.SharedStream, a.Id, b.Id, a.Id, stream);
                }
            }
        }

        return default;
    }

    private static bool IsOwn(in RequesterIds ids, RequesterId id)
    {
        for (int index = 0; index < ids.OwnCount; index++)
        {
            if (ids[index].Is(id))
            {
                return true;
            }
        }

        return false;
    }

    private static IsolationReason RelatePaths(in PciTopology topology, int first, int second)
    {
        RequesterId a = topology[first].Id;
        RequesterId b = topology[second].Id;
        int depth = 0;
        for (int above = first; above >= 0 && depth < PciTopology.Capacity; above = topology[above].Parent, depth++)
        {
            int inner = 0;
            for (int other = second; other >= 0 && inner < PciTopology.Capacity; other = topology[other].Parent, inner++)
            {
                AccessControl missing = topology.MissingAt(above);
                if (above == other && missing != 0)
                {
                    return new IsolationReason(RelationOf(missing), a, b, topology[above].Id, (uint)missing);
                }

                bool sameDevice = topology[above].Id.Value >> 3 == topology[other].Id.Value >> 3 && above != other;
                if (sameDevice && missing != 0 && topology.MissingAt(other) != 0)
                {
                    return new IsolationReason(IsolationRelation.MultifunctionWithoutAcs, a, b, topology[above].Id, (uint)missing);
                }
            }
        }

        return default;
    }

    private static IsolationRelation RelationOf(AccessControl missing)
        => (missing & AccessControl.SourceValidation) != 0 ? IsolationRelation.MissingSourceValidation
            : (missing & (AccessControl.RequestRedirect | AccessControl.CompletionRedirect)) != 0 ? IsolationRelation.MissingRedirect
            : IsolationRelation.MissingUpstreamForwarding;

    private static bool TryFindSharedPage(in TopologyFunction a, in TopologyFunction b, out ulong page)
    {
        for (int index = 0; index < TopologyFunction.BarCount; index++)
        {
            for (int other = 0; other < TopologyFunction.BarCount; other++)
            {
                if (a.Pages[index] != 0 && a.Pages[index] == b.Pages[other])
                {
                    page = a.Pages[index];
                    return true;
                }
            }
        }

        page = 0;
        return false;
    }

    private readonly int Root(int index) => _roots[index];

    private void Join(int first, int second, int count)
    {
        int low = first < second ? first : second;
        int high = first < second ? second : first;
        for (int index = 0; index < count; index++)
        {
            _roots[index] = _roots[index] == high ? (byte)low : _roots[index];
        }
    }

    [InlineArray(PciTopology.Capacity)]
    private struct Roots
    {
        private byte _root;
    }
}
