namespace Sluice.Registers.Description;

/// <summary>What is wrong with the text of an element or attribute.</summary>
internal sealed class ValueFlaw(ProblemRule rule, params string[] arguments)
{
    public ProblemRule Rule { get; } = rule;

    public string[] Arguments { get; } = arguments;
}
