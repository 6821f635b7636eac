using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Everything that is known at one point of a method.</summary>
internal sealed class FlowState
{
    private readonly ImmutableDictionary<Place, KeptSplit> _splits;
    private readonly ImmutableDictionary<Place, Place> _aliases;

    private FlowState(ValueMap values, ImmutableDictionary<Place, KeptSplit> splits, ImmutableDictionary<Place, Place> aliases)
    {
        Values = values;
        _splits = splits;
        _aliases = aliases;
    }

    public static FlowState Empty { get; } = new(ValueMap.Empty, ImmutableDictionary<Place, KeptSplit>.Empty, ImmutableDictionary<Place, Place>.Empty);

    public ValueMap Values { get; }

    public static FlowState Join(FlowState? left, FlowState right)
    {
        if (left is null || ReferenceEquals(left, right))
        {
            return right;
        }

        ValueMap values = ValueMap.Join(left.Values, right.Values)!;
        ImmutableDictionary<Place, KeptSplit> splits = ImmutableDictionary<Place, KeptSplit>.Empty;
        foreach (Place place in left._splits.Keys)
        {
            splits = Keep(splits, place, KeptSplit.Join(left.Kept(place), left.Values, right.Kept(place), right.Values, values));
        }

        foreach (Place place in right._splits.Keys)
        {
            if (!left._splits.ContainsKey(place))
            {
                splits = Keep(splits, place, KeptSplit.Join(left.Kept(place), left.Values, right.Kept(place), right.Values, values));
            }
        }

        return new FlowState(values, splits, left._aliases.SetItems(right._aliases));
    }

    /// <summary>The place that is meant: a ref local stands for what it refers to.</summary>
    public Place Resolve(Place place) => _aliases.TryGetValue(place, out Place? target) ? target : place;

    public FlowState Alias(Place local, Place target) => new(Values, _splits, _aliases.SetItem(local, Resolve(target)));

    public Split SplitBy(Place place) => Kept(place).On(Values);

    public FlowState SetSplit(Place place, Split split)
    {
        Overlay? whenTrue = split.WhenTrue is null ? null : Overlay.Between(Values, split.WhenTrue);
        Overlay? whenFalse = split.WhenFalse is null ? null : Overlay.Between(Values, split.WhenFalse);
        return new FlowState(Values, Keep(_splits.Remove(place), place, new KeptSplit(whenTrue, whenFalse)), _aliases);
    }

    public FlowState Set(Place place, TrackedValue value)
        => new(Values.Set(place, value), Change(_splits.Remove(place), overlay => overlay.Overwrite(place)), _aliases);

    public FlowState Identify(Place place, object identity)
    {
        if (place.IsReread)
        {
            return this;
        }

        ValueMap values = Values.Identify(place, identity);
        return ReferenceEquals(values, Values) ? this : new FlowState(values, Change(_splits, overlay => overlay.Identify(place, identity)), _aliases);
    }

    public FlowState ForgetShared() => new(Values.ForgetShared(), Change(_splits, overlay => overlay.ForgetShared()), _aliases);

    /// <summary>Takes one side of a split. The values that it holds are at least as well known.</summary>
    public FlowState Take(ValueMap values) => new(values, _splits, _aliases);

    public bool SameAs(FlowState other)
    {
        if (!Values.SameAs(other.Values) || _splits.Count != other._splits.Count || _aliases.Count != other._aliases.Count)
        {
            return false;
        }

        foreach (KeyValuePair<Place, KeptSplit> split in _splits)
        {
            if (!other._splits.TryGetValue(split.Key, out KeptSplit value) || !split.Value.SameAs(value))
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableDictionary<Place, KeptSplit> Keep(ImmutableDictionary<Place, KeptSplit> splits, Place place, KeptSplit split)
        => split.IsEmpty ? splits : splits.SetItem(place, split);

    private static ImmutableDictionary<Place, KeptSplit> Change(ImmutableDictionary<Place, KeptSplit> splits, Func<Overlay, Overlay> change)
    {
        ImmutableDictionary<Place, KeptSplit> changed = splits;
        foreach (KeyValuePair<Place, KeptSplit> split in splits)
        {
            KeptSplit next = split.Value.Change(change);
            if (!next.IsUnchanged(split.Value))
            {
                changed = changed.SetItem(split.Key, next);
            }
        }

        return changed;
    }

    private KeptSplit Kept(Place place) => _splits.TryGetValue(place, out KeptSplit split) ? split : KeptSplit.Empty;
}
