namespace Sluice.Registers.Description;

/// <summary>A problem that a <c>trap:suppress</c> keeps from being reported.</summary>
/// <param name="Problem">The problem, at its place.</param>
/// <param name="Block">The block in which it is.</param>
/// <param name="View">The view in which it is; empty outside views.</param>
/// <param name="Register">The register at which it is; empty when it is at none.</param>
/// <param name="Reason">Why the rule does not hold there, in the words of the description.</param>
public sealed record SuppressedProblem(Problem Problem, string Block, string View, string Register, string Reason);
