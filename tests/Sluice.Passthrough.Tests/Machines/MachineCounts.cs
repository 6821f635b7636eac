namespace Sluice.Passthrough.Tests.Machines;

/// <summary>What a machine has given away.</summary>
internal readonly record struct MachineCounts(uint Vectors, int Owned, ulong FreeWindow, uint FreePages, uint StreamEntries, int Mappings);
