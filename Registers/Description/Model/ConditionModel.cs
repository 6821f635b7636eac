namespace Sluice.Registers.Description;

/// <summary>What the state of a block must be for something to hold: a field of one of its registers has a value, or has not.</summary>
/// <param name="Register">Index of the register in the block.</param>
/// <param name="Field">Index of the field in the register. It lies in one aligned 32-bit word.</param>
/// <param name="Value">The value, right-aligned.</param>
/// <param name="IsNegated">Whether the condition holds while the field has another value.</param>
public sealed record ConditionModel(int Register, int Field, ulong Value, bool IsNegated);
