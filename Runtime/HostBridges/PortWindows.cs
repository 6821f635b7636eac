namespace Sluice.Runtime.HostBridges;

/// <summary>
/// The PCI addresses that a bridge's root port passes on to the link: one window of memory and one of prefetchable memory, each a multiple of 1 MiB. Empty ones are closed. A board that names none at all leaves the
/// root port's windows, and its command register, as they are.
/// </summary>
/// <remarks>Source: PCI-to-PCI Bridge Architecture 1.2, sections 3.2.5.8 to 3.2.5.10.</remarks>
public readonly struct PortWindows
{
    private const ulong Megabyte = 0x10_0000;
    private const ulong FourGigabytes = 0x1_0000_0000;
    private const uint Closed = 0x0000_FFF0;

    /// <summary>First PCI address of the memory window.</summary>
    public ulong Memory { get; init; }

    /// <summary>Its size in bytes; it ends below 4 GiB.</summary>
    public ulong MemoryBytes { get; init; }

    /// <summary>First PCI address of the prefetchable window.</summary>
    public ulong Prefetchable { get; init; }

    /// <summary>Its size in bytes.</summary>
    public ulong PrefetchableBytes { get; init; }

    /// <summary>Whether the board names none.</summary>
    public bool IsNone => MemoryBytes == 0 && PrefetchableBytes == 0;

    /// <summary>Whether a root port can have them.</summary>
    internal bool AreSound
        => ((Memory | MemoryBytes | Prefetchable | PrefetchableBytes) & (Megabyte - 1)) == 0
            && Memory < FourGigabytes && MemoryBytes <= FourGigabytes - Memory
            && (PrefetchableBytes == 0 || Prefetchable <= ulong.MaxValue - (PrefetchableBytes - 1));

    /// <summary>MEMORY_BASE and MEMORY_LIMIT.</summary>
    internal uint MemoryWord => MemoryBytes == 0 ? Closed : Word(Memory, MemoryBytes);

    /// <summary>PREF_MEMORY_BASE and PREF_MEMORY_LIMIT, without their types.</summary>
    internal uint PrefetchableWord => PrefetchableBytes == 0 ? Closed : Word(Prefetchable, PrefetchableBytes);

    /// <summary>PREF_BASE_UPPER32.</summary>
    internal uint PrefetchableBaseUpper => PrefetchableBytes == 0 ? 0 : (uint)(Prefetchable >> 32);

    /// <summary>PREF_LIMIT_UPPER32.</summary>
    internal uint PrefetchableLimitUpper => PrefetchableBytes == 0 ? 0 : (uint)((Prefetchable + PrefetchableBytes - 1) >> 32);

    private static uint Word(ulong start, ulong bytes)
        => ((uint)(start >> 16) & 0xFFF0) | ((uint)(start + bytes - 1) & 0xFFF0_0000);
}
