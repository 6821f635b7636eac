namespace Sluice.Runtime.Memory;

/// <summary>How an address range may be cached and ordered.</summary>
public enum MemoryType : byte
{
    /// <summary>Normal memory, write-back cacheable, inner shareable: RAM.</summary>
    Normal,

    /// <summary>Normal memory, not cacheable.</summary>
    NormalUncached,

    /// <summary>Device memory, no gathering, no reordering, early acknowledgement (nGnRE): registers.</summary>
    Device,

    /// <summary>Device memory without early acknowledgement (nGnRnE).</summary>
    DeviceStrict,
}
