namespace Sluice.Registers.Description;

/// <summary>What a register reaches through another one that selects.</summary>
/// <param name="Register">Index of the selecting register in the block.</param>
/// <param name="Field">Index of its field that holds the selection.</param>
/// <param name="Count">How many there are to select from.</param>
public sealed record WindowModel(int Register, int Field, ulong Count);
