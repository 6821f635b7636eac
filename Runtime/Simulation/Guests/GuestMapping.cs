namespace Sluice.Simulation.Guests;

/// <summary>A range that is mapped for a guest.</summary>
/// <param name="Guest">First guest address.</param>
/// <param name="Machine">First machine address.</param>
/// <param name="SizeBytes">Size in bytes.</param>
public readonly record struct GuestMapping(ulong Guest, ulong Machine, ulong SizeBytes);
