namespace Sluice.Runtime.Firmware;

/// <summary>A row of the MCFG table: where the config space of a segment's buses is.</summary>
/// <param name="baseAddress">Address of bus 0's config space in bytes, also when the first bus is another one; a guest's or the machine's, as the table is.</param>
/// <param name="segment">The PCI segment.</param>
/// <param name="firstBus">The first bus.</param>
/// <param name="lastBus">The last bus.</param>
public readonly struct EcamRegion(ulong baseAddress, ushort segment, byte firstBus, byte lastBus)
{
    /// <summary>Address of bus 0's config space in bytes.</summary>
    public ulong BaseAddress { get; } = baseAddress;

    /// <summary>The PCI segment.</summary>
    public ushort Segment { get; } = segment;

    /// <summary>The first bus.</summary>
    public byte FirstBus { get; } = firstBus;

    /// <summary>The last bus.</summary>
    public byte LastBus { get; } = lastBus;

    /// <summary>Whether a bridge can have it: buses in order, an address of whole buses, and no wrap at the end of the address space.</summary>
    internal bool IsSound => FirstBus <= LastBus && (BaseAddress & 0xF_FFFF) == 0 && BaseAddress <= ulong.MaxValue - (((ulong)LastBus + 1) << 20);
}
