namespace Sluice.Runtime.HostBridges;

/// <summary>What became of a reset.</summary>
public enum ResetResult : byte
{
    /// <summary>The function was reset and answers again.</summary>
    Done = 0,

    /// <summary>It has no such reset; nothing was touched.</summary>
    Impossible = 1,

    /// <summary>Requests of its own were not answered within the bound; it has not been reset.</summary>
    NotAtRest = 2,

    /// <summary>It did not take the reset: a power state or a bus reset bit did not show what was written.</summary>
    NotTaken = 3,

    /// <summary>It does not answer, or does not come to be ready, within the bound.</summary>
    NotReady = 4,

    /// <summary>Its memory is not where it was put again.</summary>
    NotRestored = 5,
}
