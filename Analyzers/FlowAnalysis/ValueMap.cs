using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What the places hold at one point. What is not in the map holds its default.</summary>
internal sealed class ValueMap
{
    private readonly ImmutableDictionary<Place, TrackedValue> _entries;

    private ValueMap(ImmutableDictionary<Place, TrackedValue> entries)
    {
        _entries = entries;
    }

    public static ValueMap Empty { get; } = new(Entries.None);

    public TrackedValue this[Place place]
    {
        get
        {
            for (Place? current = place; current is not null; current = current.Parent)
            {
                if (_entries.TryGetValue(current, out TrackedValue? value) || (value = current.OwnDefault) is not null)
                {
                    return ReferenceEquals(current, place) ? value : value.WithIdentity(null);
                }
            }

            return TrackedValue.Clean;
        }
    }

    /// <summary>Null is what cannot be reached: it adds nothing.</summary>
    public static ValueMap? Join(ValueMap? left, ValueMap? right)
    {
        if (left is null || right is null || ReferenceEquals(left._entries, right._entries))
        {
            return left ?? right;
        }

        ImmutableDictionary<Place, TrackedValue> joined = left._entries;
        foreach (Place place in left.Differing(right))
        {
            joined = joined.SetItem(place, TrackedValue.Join(left[place], right[place]));
        }

        return left.With(joined);
    }

    /// <summary>The places that are known to hold something else in another map.</summary>
    public IEnumerable<Place> Differing(ValueMap other)
    {
        foreach (KeyValuePair<Place, TrackedValue> entry in _entries)
        {
            if (!other._entries.TryGetValue(entry.Key, out TrackedValue? value) || !entry.Value.Equals(value))
            {
                yield return entry.Key;
            }
        }

        foreach (Place place in other._entries.Keys)
        {
            if (!_entries.ContainsKey(place))
            {
                yield return place;
            }
        }
    }

    /// <summary>Whether something is known of the very place, whatever its default and its parent.</summary>
    public bool Holds(Place place) => _entries.ContainsKey(place);

    /// <summary>What is known of the members of a place, one by one.</summary>
    public IEnumerable<KeyValuePair<Place, TrackedValue>> Under(Place place)
    {
        foreach (KeyValuePair<Place, TrackedValue> entry in _entries)
        {
            if (entry.Key.Key is IFieldSymbol or IPropertySymbol && entry.Key.IsUnder(place))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The value of a struct as a whole: its own and those of the fields that were written one by one.</summary>
    public TrackedValue Whole(Place place)
    {
        TrackedValue value = this[place];
        if (place.Type is not { IsValueType: true, SpecialType: SpecialType.None })
        {
            return value;
        }

        foreach (KeyValuePair<Place, TrackedValue> entry in _entries)
        {
            if (entry.Key.Key is IFieldSymbol or IPropertySymbol && !entry.Value.IsClean && entry.Key.IsUnder(place))
            {
                value = TrackedValue.Join(value, entry.Value);
            }
        }

        return value;
    }

    public ValueMap Set(Place place, TrackedValue value) => With(_entries.Overwrite(place).SetItem(place, value));

    /// <summary>Changes what is known of the value of a place, and of all copies of it. Nothing is written.</summary>
    public ValueMap Refine(Place place, TrackedValue value, TrackedValue refined)
    {
        ImmutableDictionary<Place, TrackedValue> changed = _entries.SetItem(place, refined);
        if (value.Identity is not null)
        {
            foreach (KeyValuePair<Place, TrackedValue> entry in _entries)
            {
                if (value.Identity.Equals(entry.Value.Identity))
                {
                    changed = changed.SetItem(entry.Key, refined);
                }
            }

            if (value.Identity is Place source && value.Identity.Equals(this[source].Identity))
            {
                changed = changed.SetItem(source, refined);
            }
        }

        return With(changed);
    }

    /// <summary>Replaces what is known of one place, and of no other.</summary>
    public ValueMap Replace(Place place, TrackedValue value) => With(_entries.SetItem(place, value));

    /// <summary>
    /// Names the value of a place after the operation that reads it, so that copies can be told. What had the name when the operation ran before
    /// loses it.
    /// </summary>
    public ValueMap Identify(Place place, object identity)
    {
        TrackedValue value = this[place];
        return value.IsClean || value.Identity is not null ? this : With(_entries.Unname(identity).SetItem(place, value.WithIdentity(identity)));
    }

    /// <summary>Somebody else ran: what the method knew of a source that others can write is void.</summary>
    public ValueMap ForgetShared() => With(_entries.ForgetShared());

    public bool SameAs(ValueMap other) => _entries.SameAs(other._entries);

    private ValueMap With(ImmutableDictionary<Place, TrackedValue> entries) => ReferenceEquals(entries, _entries) ? this : new ValueMap(entries);
}
