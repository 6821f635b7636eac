namespace Sluice.Registers.Description;

/// <summary>What a call gives for one argument.</summary>
/// <param name="Name">The argument's name in the called sequence.</param>
/// <param name="Value">The number; 0 when an argument of the calling sequence gives it.</param>
/// <param name="From">The calling sequence's argument, or the number that it read before; empty when the description gives the number.</param>
public sealed record ArgumentPass(string Name, ulong Value, string From);
