namespace Sluice.Runtime.Firmware;

/// <summary>A row of a host bridge's <c>interrupt-map</c>: the wire of one pin of one device.</summary>
/// <param name="device">The device number on bus 0: 0 to 31.</param>
/// <param name="pin">1 (INTA) to 4 (INTD).</param>
/// <param name="spi">The shared peripheral interrupt, counted from SPI 0; level, active high.</param>
public readonly struct PciInterrupt(uint device, uint pin, uint spi)
{
    /// <summary>The device number on bus 0.</summary>
    public uint Device { get; } = device;

    /// <summary>1 (INTA) to 4 (INTD).</summary>
    public uint Pin { get; } = pin;

    /// <summary>The shared peripheral interrupt, counted from SPI 0.</summary>
    public uint Spi { get; } = spi;
}
