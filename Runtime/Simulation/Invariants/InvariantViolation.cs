namespace Sluice.Simulation.Invariants;

/// <summary>Something that must never be, and was.</summary>
/// <param name="Invariant">Which invariant.</param>
/// <param name="Text">What was seen, with the numbers.</param>
public readonly record struct InvariantViolation(Invariant Invariant, string Text)
{
    /// <summary>Both in one line.</summary>
    public override string ToString() => $"{Invariant}: {Text}";
}
