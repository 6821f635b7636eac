namespace Sluice.Registers.Description;

/// <summary>How wide accesses to a register may be, and what becomes of others.</summary>
/// <param name="Permitted">A sum of widths in bytes, such as 4 | 8; 0 when every width is.</param>
/// <param name="Otherwise">What becomes of an access of another width.</param>
public readonly record struct AccessWidths(uint Permitted, OtherWidths Otherwise);
