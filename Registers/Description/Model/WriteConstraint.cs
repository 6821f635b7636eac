namespace Sluice.Registers.Description;

/// <summary>SVD <c>writeConstraint</c>: what software may write to a field.</summary>
/// <param name="Kind">How it is said.</param>
/// <param name="Minimum">Range: the smallest value.</param>
/// <param name="Maximum">Range: the largest value.</param>
public readonly record struct WriteConstraint(WriteConstraintKind Kind, ulong Minimum, ulong Maximum);
