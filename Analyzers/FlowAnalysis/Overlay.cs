using System.Collections.Generic;
using System.Collections.Immutable;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What is known better than the state itself knows it, on one side of a split: a few places out of many.</summary>
internal sealed class Overlay
{
    private readonly ImmutableDictionary<Place, TrackedValue> _entries;

    private Overlay(ImmutableDictionary<Place, TrackedValue> entries)
    {
        _entries = entries;
    }

    public static Overlay Empty { get; } = new(Entries.None);

    public bool IsEmpty => _entries.IsEmpty;

    /// <summary>The difference of two maps.</summary>
    public static Overlay Between(ValueMap basis, ValueMap better)
    {
        ImmutableDictionary<Place, TrackedValue> entries = Entries.None;
        foreach (Place place in basis.Differing(better))
        {
            entries = entries.SetItem(place, better[place]);
        }

        return entries.IsEmpty ? Empty : new Overlay(entries);
    }

    /// <summary>What two sides have in common, over the join of what they lie on. Null where a side is never reached.</summary>
    public static Overlay? Join(Overlay? left, ValueMap leftBasis, Overlay? right, ValueMap rightBasis, ValueMap basis)
    {
        if (left is null || right is null)
        {
            return left is not null ? Between(basis, left.On(leftBasis)) : right is not null ? Between(basis, right.On(rightBasis)) : null;
        }

        ImmutableDictionary<Place, TrackedValue> entries = Entries.None;
        foreach (Place place in left._entries.Keys)
        {
            entries = entries.SetItem(place, TrackedValue.Join(left.Value(place, leftBasis), right.Value(place, rightBasis)));
        }

        foreach (Place place in right._entries.Keys)
        {
            if (!left._entries.ContainsKey(place))
            {
                entries = entries.SetItem(place, TrackedValue.Join(left.Value(place, leftBasis), right.Value(place, rightBasis)));
            }
        }

        return new Overlay(entries);
    }

    /// <summary>The map in which both are known.</summary>
    public ValueMap On(ValueMap basis)
    {
        ValueMap map = basis;
        foreach (Place place in _entries.Keys)
        {
            map = map.Replace(place, Value(place, basis));
        }

        return map;
    }

    /// <summary>A write makes both sides of every split the same at its place.</summary>
    public Overlay Overwrite(Place place) => With(_entries.Overwrite(place).Remove(place));

    public Overlay Identify(Place place, object identity) => With(_entries.Unname(identity).Name(place, identity));

    public Overlay ForgetShared() => With(_entries.ForgetShared());

    public bool SameAs(Overlay other) => _entries.SameAs(other._entries);

    private TrackedValue Value(Place place, ValueMap basis)
        => _entries.TryGetValue(place, out TrackedValue? value) ? TrackedValue.Meet(value, basis[place]) : basis[place];

    private Overlay With(ImmutableDictionary<Place, TrackedValue> entries) => ReferenceEquals(entries, _entries) ? this : new Overlay(entries);
}
