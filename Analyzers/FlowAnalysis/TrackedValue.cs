using System;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>
/// An element of the lattice clean &lt; bounded &lt; tainted. Copies of a value share its identity, so that a comparison of one bounds them all.
/// </summary>
internal sealed class TrackedValue : IEquatable<TrackedValue>
{
    private TrackedValue(Origin? origin, object? identity, Bounds bounds, ulong bits)
    {
        Origin = origin;
        Identity = identity;
        Bounds = bounds;
        Bits = bits;
    }

    public static TrackedValue Clean { get; } = new(null, null, Bounds.All, 0);

    public Origin? Origin { get; }

    /// <summary>What this is a copy of; null when nothing else can be one.</summary>
    public object? Identity { get; }

    public Bounds Bounds { get; }

    /// <summary>For a policy that follows bits: those that are still as the source gave them.</summary>
    public ulong Bits { get; }

    public bool IsClean => Origin is null;

    public static TrackedValue Tainted(Origin origin, object? identity, Bounds bounds = Bounds.None, ulong bits = 0) => new(origin, identity, bounds, bits);

    /// <summary>The least value that is above both. A clean one has all bounds.</summary>
    public static TrackedValue Join(TrackedValue left, TrackedValue right)
    {
        if (left.IsClean && right.IsClean)
        {
            return Clean;
        }

        Origin origin = left.IsClean ? right.Origin! : right.IsClean ? left.Origin! : Origin.First(left.Origin!, right.Origin!);
        object? kept = left.Identity is not null && left.Identity.Equals(right.Identity) ? left.Identity : null;
        return new TrackedValue(origin, kept, left.Bounds & right.Bounds, left.Bits | right.Bits);
    }

    /// <summary>What is known of one value from two sides.</summary>
    public static TrackedValue Meet(TrackedValue left, TrackedValue right)
        => left.IsClean || right.IsClean ? Clean : left.WithBounds(left.Bounds | right.Bounds).WithBits(left.Bits & right.Bits);

    public TrackedValue WithIdentity(object? identity) => IsClean ? this : new TrackedValue(Origin, identity, Bounds, Bits);

    public TrackedValue WithBounds(Bounds bounds) => IsClean || bounds == Bounds ? this : new TrackedValue(Origin, Identity, bounds, Bits);

    public TrackedValue WithBits(ulong bits) => IsClean ? this : new TrackedValue(Origin, Identity, Bounds, bits);

    public bool Equals(TrackedValue? other)
        => other is not null
        && ReferenceEquals(Origin?.Syntax, other.Origin?.Syntax)
        && Origin?.Name == other.Origin?.Name
        && Equals(Identity, other.Identity)
        && Bounds == other.Bounds
        && Bits == other.Bits;

    public override bool Equals(object? obj) => Equals(obj as TrackedValue);

    public override int GetHashCode() => ((int)Bounds * 31) + (Identity?.GetHashCode() ?? 0);
}
