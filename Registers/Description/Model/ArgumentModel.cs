namespace Sluice.Registers.Description;

/// <summary>What the caller of a sequence gives: a number within bounds, or all bits of a register.</summary>
/// <param name="Name">Its name, in Pascal case.</param>
/// <param name="Description">What it is; empty when the description does not say.</param>
/// <param name="Minimum">The least number; 0 for a register's bits.</param>
/// <param name="Maximum">The greatest number; for a register's bits, all of them.</param>
/// <param name="Register">Index of the register in <see cref="BlockModel.Registers"/> whose bits it gives; -1 for a number.</param>
/// <param name="Block">In a sequence of a device: index of that register's block in <see cref="DeviceModel.Blocks"/>. Else -1.</param>
public sealed record ArgumentModel(string Name, string Description, ulong Minimum, ulong Maximum, int Register, int Block);
