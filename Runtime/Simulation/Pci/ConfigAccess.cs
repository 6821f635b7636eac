using Sluice.Registers;

namespace Sluice.Simulation.Pci;

/// <summary>One access to config space.</summary>
/// <param name="IsWrite">Whether it was a write.</param>
/// <param name="Offset">Byte offset.</param>
/// <param name="Width">How wide.</param>
/// <param name="Value">What was read or written.</param>
public readonly record struct ConfigAccess(bool IsWrite, uint Offset, AccessWidth Width, uint Value);
