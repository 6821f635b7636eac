namespace Sluice.Registers.Description;

/// <summary>Some bits of a number that the script has read, shifted to their place.</summary>
/// <param name="Variable">The script's variable.</param>
/// <param name="LowBit">The lowest bit that is taken.</param>
/// <param name="Mask">The bits that are taken, right-aligned.</param>
/// <param name="ToBit">Where the lowest goes.</param>
internal sealed record ScriptTerm(string Variable, int LowBit, ulong Mask, int ToBit);
