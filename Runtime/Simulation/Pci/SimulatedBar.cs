namespace Sluice.Simulation.Pci;

/// <summary>A base address register of a simulated function.</summary>
/// <param name="Index">Which of the six.</param>
/// <param name="SizeBytes">Size in bytes: a power of two.</param>
/// <param name="Is64Bit">Whether the next register is its upper half.</param>
/// <param name="IsPrefetchable">Whether its memory is prefetchable.</param>
/// <param name="IsIo">Whether it is I/O space.</param>
public sealed record SimulatedBar(int Index, ulong SizeBytes, bool Is64Bit = false, bool IsPrefetchable = false, bool IsIo = false);
