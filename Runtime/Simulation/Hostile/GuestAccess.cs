using Sluice.Registers;

namespace Sluice.Simulation.Hostile;

/// <summary>One access of a guest.</summary>
/// <param name="Target">What it goes to.</param>
/// <param name="IsWrite">Whether it is a write.</param>
/// <param name="Address">A byte offset in ECAM or in a frame, or a guest address.</param>
/// <param name="Width">How wide.</param>
/// <param name="Value">What is written.</param>
public readonly record struct GuestAccess(GuestTarget Target, bool IsWrite, ulong Address, AccessWidth Width, ulong Value);
