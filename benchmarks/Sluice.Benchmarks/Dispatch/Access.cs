using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>One access of the trace.</summary>
/// <param name="Offset">Byte offset in the block.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="IsWrite">Whether it is a write.</param>
/// <param name="Value">What is written, right-aligned.</param>
public readonly record struct Access(uint Offset, AccessWidth Width, bool IsWrite, uint Value);
