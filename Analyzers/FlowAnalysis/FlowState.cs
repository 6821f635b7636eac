using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Everything that is known at one point of a method.</summary>
internal sealed class FlowState
{
    private readonly ImmutableDictionary<Place, Split> _splits;
    private readonly ImmutableDictionary<Place, Place> _aliases;

    private FlowState(ValueMap values, ImmutableDictionary<Place, Split> splits, ImmutableDictionary<Place, Place> aliases)
    {
        Values = values;
        _splits = splits;
        _aliases = aliases;
    }

    public static FlowState Empty { get; } = new(ValueMap.Empty, ImmutableDictionary<Place, Split>.Empty, ImmutableDictionary<Place, Place>.Empty);

    public ValueMap Values { get; }

    public static FlowState Join(FlowState? left, FlowState right)
    {
        if (left is null || ReferenceEquals(left, right))
        {
            return right;
        }

        ImmutableDictionary<Place, Split>.Builder splits = ImmutableDictionary.CreateBuilder<Place, Split>();
        foreach (Place place in left._splits.Keys)
        {
            splits[place] = Split.Join(left.SplitBy(place), right.SplitBy(place));
        }

        foreach (Place place in right._splits.Keys)
        {
            splits[place] = Split.Join(left.SplitBy(place), right.SplitBy(place));
        }

        ImmutableDictionary<Place, Place>.Builder aliases = left._aliases.ToBuilder();
        foreach (KeyValuePair<Place, Place> alias in right._aliases)
        {
            aliases[alias.Key] = alias.Value;
        }

        return new FlowState(ValueMap.Join(left.Values, right.Values)!, splits.ToImmutable(), aliases.ToImmutable());
    }

    /// <summary>The place that is meant: a ref local stands for what it refers to.</summary>
    public Place Resolve(Place place) => _aliases.TryGetValue(place, out Place? target) ? target : place;

    public FlowState Alias(Place local, Place target) => new(Values, _splits, _aliases.SetItem(local, Resolve(target)));

    public Split SplitBy(Place place)
        => _splits.TryGetValue(place, out Split split)
        ? new Split(ValueMap.Meet(Values, split.WhenTrue), ValueMap.Meet(Values, split.WhenFalse))
        : new Split(Values, Values);

    public FlowState SetSplit(Place place, Split split) => new(Values, _splits.SetItem(place, split), _aliases);

    public FlowState Set(Place place, TrackedValue value)
    {
        FlowState state = Map(values => values.Set(place, value));
        return state._splits.ContainsKey(place) ? new FlowState(state.Values, state._splits.Remove(place), _aliases) : state;
    }

    /// <summary>Takes one side of a split. The values that it holds are at least as well known.</summary>
    public FlowState Take(ValueMap values) => new(values, _splits, _aliases);

    /// <summary>Changes the values, and those of each side of each split.</summary>
    public FlowState Map(Func<ValueMap, ValueMap> change)
    {
        ImmutableDictionary<Place, Split>.Builder splits = _splits.ToBuilder();
        foreach (KeyValuePair<Place, Split> split in _splits)
        {
            splits[split.Key] = new Split(
                split.Value.WhenTrue is { } whenTrue ? change(whenTrue) : null,
                split.Value.WhenFalse is { } whenFalse ? change(whenFalse) : null);
        }

        return new FlowState(change(Values), splits.ToImmutable(), _aliases);
    }

    public bool SameAs(FlowState other)
    {
        if (!Values.SameAs(other.Values) || _splits.Count != other._splits.Count || _aliases.Count != other._aliases.Count)
        {
            return false;
        }

        foreach (KeyValuePair<Place, Split> split in _splits)
        {
            if (!other._splits.TryGetValue(split.Key, out Split value) || !split.Value.SameAs(value))
            {
                return false;
            }
        }

        return true;
    }
}
