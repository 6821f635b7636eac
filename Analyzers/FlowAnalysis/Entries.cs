using System.Collections.Generic;
using System.Collections.Immutable;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Changes to the values of some places that leave the others, and give back the same object when there is nothing to change.</summary>
internal static class Entries
{
    public static ImmutableDictionary<Place, TrackedValue> None { get; } = ImmutableDictionary<Place, TrackedValue>.Empty;

    /// <summary>The place is written: what was known of its members is gone, and a copy of what it held is no copy any more.</summary>
    public static ImmutableDictionary<Place, TrackedValue> Overwrite(this ImmutableDictionary<Place, TrackedValue> entries, Place place)
    {
        ImmutableDictionary<Place, TrackedValue> changed = entries;
        foreach (KeyValuePair<Place, TrackedValue> entry in entries)
        {
            if (entry.Key.IsUnder(place))
            {
                changed = changed.Remove(entry.Key);
            }
            else if (entry.Value.Identity is Place source && (ReferenceEquals(source, place) || source.IsUnder(place)))
            {
                changed = changed.SetItem(entry.Key, entry.Value.WithIdentity(null));
            }
        }

        return changed;
    }

    /// <summary>Takes a name away from whatever has it.</summary>
    public static ImmutableDictionary<Place, TrackedValue> Unname(this ImmutableDictionary<Place, TrackedValue> entries, object identity)
    {
        ImmutableDictionary<Place, TrackedValue> changed = entries;
        foreach (KeyValuePair<Place, TrackedValue> entry in entries)
        {
            if (identity.Equals(entry.Value.Identity))
            {
                changed = changed.SetItem(entry.Key, entry.Value.WithIdentity(null));
            }
        }

        return changed;
    }

    /// <summary>Names what a place holds, when that has no name yet.</summary>
    public static ImmutableDictionary<Place, TrackedValue> Name(this ImmutableDictionary<Place, TrackedValue> entries, Place place, object identity)
        => entries.TryGetValue(place, out TrackedValue? value) && !value.IsClean && value.Identity is null
        ? entries.SetItem(place, value.WithIdentity(identity))
        : entries;

    /// <summary>Forgets the sources that code outside of the method can write.</summary>
    public static ImmutableDictionary<Place, TrackedValue> ForgetShared(this ImmutableDictionary<Place, TrackedValue> entries)
    {
        ImmutableDictionary<Place, TrackedValue> changed = entries;
        foreach (Place place in entries.Keys)
        {
            if (place.IsShared && place.OwnDefault is { IsClean: false })
            {
                changed = changed.Remove(place);
            }
        }

        return changed;
    }

    public static bool SameAs(this ImmutableDictionary<Place, TrackedValue> left, ImmutableDictionary<Place, TrackedValue> right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (KeyValuePair<Place, TrackedValue> entry in left)
        {
            if (!right.TryGetValue(entry.Key, out TrackedValue? value) || !entry.Value.Equals(value))
            {
                return false;
            }
        }

        return true;
    }
}
