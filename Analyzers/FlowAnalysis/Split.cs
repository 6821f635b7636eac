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
}
