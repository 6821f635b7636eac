using System;

namespace Sluice.Runtime.Interrupts;

/// <summary>What a physical MSI controller can promise. Isolation groups and assignment rest on this.</summary>
[Flags]
public enum MsiAbilities
{
    /// <summary>Nothing: vectors are anonymous.</summary>
    None = 0,

    /// <summary>It tells software which function sent a message.</summary>
    ReportsRequester = 1,

    /// <summary>A message whose sender the vector was not allocated for is dropped, by the hardware or by its driver before anybody is told.</summary>
    IsolatesRequesters = 2,

    /// <summary>
    /// The doorbell is memory of the machine that a function's DMA reaches: it must be mapped for the function, alone. Without this the bridge takes messages before
    /// the SMMU sees them.
    /// </summary>
    DoorbellIsMemoryMapped = 4,

    /// <summary>It can mask one vector.</summary>
    MasksVectors = 8,
}
