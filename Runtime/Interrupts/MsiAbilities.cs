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

    /// <summary>It drops a message whose sender does not own the vector.</summary>
    IsolatesRequesters = 2,

    /// <summary>The doorbell is memory of the machine that a function's DMA reaches: it must be mapped for the function, alone.</summary>
    DoorbellIsMemoryMapped = 4,
}
