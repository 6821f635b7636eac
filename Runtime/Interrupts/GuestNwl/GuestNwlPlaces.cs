namespace Sluice.Runtime.Interrupts;

/// <summary>Where a guest has its NWL bridge: guest addresses in bytes, and the guest's own interrupt numbers.</summary>
public readonly struct GuestNwlPlaces
{
    /// <summary>The bridge's registers (<c>breg</c>), a page.</summary>
    public ulong Registers { get; init; }

    /// <summary>The attribute block (<c>pcireg</c>), a page. Linux uses its address as that of messages.</summary>
    public ulong Attributes { get; init; }

    /// <summary>Config space (<c>cfg</c>).</summary>
    public ulong Config { get; init; }

    /// <summary>Bytes of config space: 1 MiB a bus.</summary>
    public ulong ConfigBytes { get; init; }

    /// <summary>Level interrupt of vectors 0 to 31 (<c>msi0</c>).</summary>
    public uint LowInterrupt { get; init; }

    /// <summary>Level interrupt of vectors 32 to 63 (<c>msi1</c>).</summary>
    public uint HighInterrupt { get; init; }

    /// <summary>Level interrupt of the INTx wires (<c>intx</c>).</summary>
    public uint WireInterrupt { get; init; }

    /// <summary>Level interrupt of the bridge's events (<c>misc</c>).</summary>
    public uint EventInterrupt { get; init; }
}
