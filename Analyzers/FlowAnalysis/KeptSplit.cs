using System;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>A split by a Boolean that is kept in a place, as it differs from the state that it lies on.</summary>
internal readonly struct KeptSplit
{
    public KeptSplit(Overlay? whenTrue, Overlay? whenFalse)
    {
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
    }

    public static KeptSplit Empty => new(Overlay.Empty, Overlay.Empty);

    public Overlay? WhenTrue { get; }

    public Overlay? WhenFalse { get; }

    /// <summary>Whether the Boolean says nothing.</summary>
    public bool IsEmpty => WhenTrue is { IsEmpty: true } && WhenFalse is { IsEmpty: true };

    public static KeptSplit Join(KeptSplit left, ValueMap leftBasis, KeptSplit right, ValueMap rightBasis, ValueMap basis) => new(
        Overlay.Join(left.WhenTrue, leftBasis, right.WhenTrue, rightBasis, basis),
        Overlay.Join(left.WhenFalse, leftBasis, right.WhenFalse, rightBasis, basis));

    public Split On(ValueMap basis) => new(WhenTrue?.On(basis), WhenFalse?.On(basis));

    public KeptSplit Change(Func<Overlay, Overlay> change) => new(WhenTrue is null ? null : change(WhenTrue), WhenFalse is null ? null : change(WhenFalse));

    public bool SameAs(KeptSplit other) => Same(WhenTrue, other.WhenTrue) && Same(WhenFalse, other.WhenFalse);

    /// <summary>Whether not even an object has changed.</summary>
    public bool IsUnchanged(KeptSplit other) => ReferenceEquals(WhenTrue, other.WhenTrue) && ReferenceEquals(WhenFalse, other.WhenFalse);

    private static bool Same(Overlay? left, Overlay? right) => left is null || right is null ? left is null && right is null : left.SameAs(right);
}
