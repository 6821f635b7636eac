namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What the places hold when a Boolean is true, and when it is false. Null where it never is.</summary>
internal readonly struct Split
{
    public Split(ValueMap? whenTrue, ValueMap? whenFalse)
    {
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
    }

    public ValueMap? WhenTrue { get; }

    public ValueMap? WhenFalse { get; }

    public Split Negated => new(WhenFalse, WhenTrue);

    public static Split Join(Split left, Split right) => new(ValueMap.Join(left.WhenTrue, right.WhenTrue), ValueMap.Join(left.WhenFalse, right.WhenFalse));

    public bool SameAs(Split other) => Same(WhenTrue, other.WhenTrue) && Same(WhenFalse, other.WhenFalse);

    private static bool Same(ValueMap? left, ValueMap? right) => left is null || right is null ? left is null && right is null : left.SameAs(right);
}
