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

    /// <summary>A symbol, the number of a temporary, or the type that the parent is narrowed to.</summary>
    public object Key { get; }

    public ITypeSymbol? Type { get; }

    /// <summary>What it holds as long as the method has not written it, with the place as identity; null when its parent says so.</summary>
    public TrackedValue? OwnDefault { get; set; }

    /// <summary>Whether code outside the method can write it between two reads.</summary>
    public bool IsShared { get; }

    public bool IsUnder(Place ancestor)
    {
        for (Place? place = Parent; place is not null; place = place.Parent)
        {
            if (ReferenceEquals(place, ancestor))
            {
                return true;
            }
        }

        return false;
    }
}
