using Sluice.Registers;

namespace Sluice.Hosting;

/// <summary>One access of a register.</summary>
/// <param name="Ticks">When it began, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Duration">How long it took, in the same ticks.</param>
/// <param name="Address">Machine address.</param>
/// <param name="Width">Its width.</param>
/// <param name="IsWrite">Whether it was a write.</param>
/// <param name="Value">What was read or written, right-aligned.</param>
public readonly record struct AccessRecord(long Ticks, long Duration, ulong Address, AccessWidth Width, bool IsWrite, ulong Value);
