using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What the places hold at one point. What is not in the map holds its default.</summary>
internal sealed class ValueMap
{
    private readonly ImmutableDictionary<Place, TrackedValue> _values;

    private ValueMap(ImmutableDictionary<Place, TrackedValue> values)
    {
        _values = values;
    }

    public static ValueMap Empty { get; } = new(ImmutableDictionary<Place, TrackedValue>.Empty);

    public TrackedValue this[Place place]
    {
        get
        {
            for (Place? current = place; current is not null; current = current.Parent)
            {
                if (_values.TryGetValue(current, out TrackedValue? value))
                {
                    return ReferenceEquals(current, place) ? value : value.WithIdentity(null);
                }

                if (current.OwnDefault is { } ownDefault)
                {
                    return ReferenceEquals(current, place) ? ownDefault : ownDefault.WithIdentity(null);
                }
            }

            return TrackedValue.Clean;
        }
    }

    /// <summary>Null is what cannot be reached: it adds nothing.</summary>
    public static ValueMap? Join(ValueMap? left, ValueMap? right)
    {
        if (left is null || right is null || ReferenceEquals(left._values, right._values))
        {
            return left ?? right;
        }

        ImmutableDictionary<Place, TrackedValue>.Builder joined = left._values.ToBuilder();
        foreach (Place place in left._values.Keys)
        {
            joined[place] = TrackedValue.Join(left[place], right[place]);
        }

        foreach (Place place in right._values.Keys)
        {
            if (!left._values.ContainsKey(place))
            {
                joined[place] = TrackedValue.Join(left[place], right[place]);
            }
        }

        return new ValueMap(joined.ToImmutable());
    }

    /// <summary>The better of what two maps know, when both are right.</summary>
    public static ValueMap? Meet(ValueMap? left, ValueMap? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        if (ReferenceEquals(left._values, right._values))
        {
            return left;
        }

        ImmutableDictionary<Place, TrackedValue>.Builder met = right._values.ToBuilder();
        foreach (Place place in left._values.Keys)
        {
            met[place] = TrackedValue.Meet(left[place], right[place]);
        }

        foreach (Place place in right._values.Keys)
        {
            if (!left._values.ContainsKey(place))
            {
                met[place] = TrackedValue.Meet(left[place], right[place]);
            }
        }

        return new ValueMap(met.ToImmutable());
    }

    /// <summary>Whether something is known of the very place, whatever its default and its parent.</summary>
    public bool Holds(Place place) => _values.ContainsKey(place);

    /// <summary>The value of a struct as a whole: its own and those of the fields that were written one by one.</summary>
    public TrackedValue Whole(Place place)
    {
        TrackedValue value = this[place];
        if (place.Type is not { IsValueType: true, SpecialType: SpecialType.None })
        {
            return value;
        }

        foreach (KeyValuePair<Place, TrackedValue> pair in _values)
        {
            if (pair.Key.Key is IFieldSymbol && !pair.Value.IsClean && pair.Key.IsUnder(place))
            {
                value = TrackedValue.Join(value, pair.Value);
            }
        }

        return value;
    }

    /// <summary>Writes a place; what was known of its members is gone.</summary>
    public ValueMap Set(Place place, TrackedValue value)
    {
        ImmutableDictionary<Place, TrackedValue>.Builder values = _values.ToBuilder();
        foreach (KeyValuePair<Place, TrackedValue> pair in _values)
        {
            if (pair.Key.IsUnder(place))
            {
                values.Remove(pair.Key);
            }
            else if (pair.Value.Identity is Place source && (ReferenceEquals(source, place) || source.IsUnder(place)))
            {
                // A copy of what the place held before: from now on the two are different values.
                values[pair.Key] = pair.Value.WithIdentity(null);
            }
        }

        values[place] = value;
        return new ValueMap(values.ToImmutable());
    }

    /// <summary>Changes what is known of the value of a place, and of all copies of it. Nothing is written.</summary>
    public ValueMap Refine(Place? place, TrackedValue value, TrackedValue refined)
    {
        ImmutableDictionary<Place, TrackedValue>.Builder values = _values.ToBuilder();
        if (place is not null)
        {
            values[place] = refined;
        }

        if (value.Identity is not null)
        {
            foreach (KeyValuePair<Place, TrackedValue> pair in _values)
            {
                if (value.Identity.Equals(pair.Value.Identity))
                {
                    values[pair.Key] = refined;
                }
            }

            if (value.Identity is Place source && value.Identity.Equals(this[source].Identity))
            {
                values[source] = refined;
            }
        }

        return new ValueMap(values.ToImmutable());
    }

    /// <summary>
    /// Names the value of a place after the operation that reads it, so that copies can be told. What had the name when the operation ran before
    /// loses it.
    /// </summary>
    public ValueMap Identify(Place place, object identity)
    {
        TrackedValue value = this[place];
        if (value.IsClean || value.Identity is not null)
        {
            return this;
        }

        ImmutableDictionary<Place, TrackedValue>.Builder values = _values.ToBuilder();
        foreach (KeyValuePair<Place, TrackedValue> pair in _values)
        {
            if (identity.Equals(pair.Value.Identity))
            {
                values[pair.Key] = pair.Value.WithIdentity(null);
            }
        }

        values[place] = value.WithIdentity(identity);
        return new ValueMap(values.ToImmutable());
    }

    /// <summary>Somebody else ran: what the method knew of a source that others can write is void.</summary>
    public ValueMap ForgetShared()
    {
        ImmutableDictionary<Place, TrackedValue>.Builder values = _values.ToBuilder();
        foreach (Place place in _values.Keys)
        {
            if (place.IsShared && place.OwnDefault is { IsClean: false })
            {
                values.Remove(place);
            }
        }

        return new ValueMap(values.ToImmutable());
    }

    public bool SameAs(ValueMap other)
    {
        if (_values.Count != other._values.Count)
        {
            return false;
        }

        foreach (KeyValuePair<Place, TrackedValue> pair in _values)
        {
            if (!other._values.TryGetValue(pair.Key, out TrackedValue? value) || !pair.Value.Equals(value))
            {
                return false;
            }
        }

        return true;
    }
}
