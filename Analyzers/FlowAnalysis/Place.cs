using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>
/// Something that holds a value between two operations: a local, a parameter, <c>this</c>, a temporary of the graph, or a member of one of these.
/// A <see cref="PlaceTable"/> makes one object of each, so that places compare by reference.
/// </summary>
internal sealed class Place
{
    public Place(Place? parent, object key, ITypeSymbol? type, bool isShared)
    {
        Parent = parent;
        Key = key;
        Type = type;
        IsShared = isShared;
    }

    /// <summary>What it is a member of, or what it is a narrowing conversion of.</summary>
    public Place? Parent { get; }

    /// <summary>A symbol, the number of a temporary, the type that the parent is narrowed to, or what is added to the parent: a place or a number.</summary>
    public object Key { get; }

    public ITypeSymbol? Type { get; }

    /// <summary>What it holds as long as the method has not written it, with the place as identity; null when its parent says so.</summary>
    public TrackedValue? OwnDefault { get; set; }

    /// <summary>Whether code outside the method can write it between two reads.</summary>
    public bool IsShared { get; }

    /// <summary>Whether it is memory that somebody else writes at any time, so that each read gives another value. True of what is in such memory too.</summary>
    public bool IsReread { get; set; }

    /// <summary>Whether it is part of another place, or is made of it.</summary>
    public bool IsUnder(Place ancestor)
    {
        for (Place? place = this; place is not null; place = place.Parent)
        {
            if (ReferenceEquals(place.Parent, ancestor) || (place.Key is Place term && (ReferenceEquals(term, ancestor) || term.IsUnder(ancestor))))
            {
                return true;
            }
        }

        return false;
    }
}
