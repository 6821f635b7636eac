namespace Sluice.Runtime.Interrupts;

/// <summary>What became of a physical interrupt at an MSI controller.</summary>
public enum MsiCollection : byte
{
    /// <summary>The interrupt is none of the controller's.</summary>
    Foreign = 0,

    /// <summary>All that there was has been taken.</summary>
    Done = 1,

    /// <summary>There is more than one call takes. Call again: no new interrupt need come for the rest.</summary>
    Unfinished = 2,
}
