namespace Sluice.Runtime.Firmware;

/// <summary>A root complex as IORT describes it.</summary>
public readonly struct IortRootComplex
{
    /// <summary>The PCI segment.</summary>
    public ushort Segment { get; init; }

    /// <summary>Whether its DMA sees the processors' caches without their help.</summary>
    public bool IsCoherent { get; init; }

    /// <summary>How many bits of address its DMA reaches: 1 to 64.</summary>
    public byte AddressBits { get; init; }
}
