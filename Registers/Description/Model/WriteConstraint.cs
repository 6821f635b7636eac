namespace Sluice.Registers.Description;

/// <summary>
/// SVD <c>writeConstraint</c>: what software may write to a field, or to a register as a whole. It is about what a write stores: where a write acts in
/// another way (W1C and its kin) it has no effect.
/// </summary>
/// <param name="Kind">How it is said.</param>
/// <param name="Minimum">Range: the smallest value.</param>
/// <param name="Maximum">Range: the largest value.</param>
public readonly record struct WriteConstraint(WriteConstraintKind Kind, ulong Minimum, ulong Maximum);
