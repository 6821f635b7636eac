namespace Sluice.Runtime.Firmware;

/// <summary>What a guest is told of an NWL bridge beside its config space and windows: its registers and interrupts.</summary>
/// <remarks>Source: the Linux binding xlnx,nwl-pcie.</remarks>
public readonly struct NwlPlatform
{
    /// <summary>The bridge's own registers: one page. Length 0 when the bridge is none of these.</summary>
    public GuestRange Bridge { get; init; }

    /// <summary>The registers of the block behind it, with the link's state: one page. Its address is the doorbell that Linux takes for messages.</summary>
    public GuestRange Attributes { get; init; }

    /// <summary>The interrupt of errors and link events, counted from SPI 0; level, active high, as all of them.</summary>
    public uint EventSpi { get; init; }

    /// <summary>The interrupt of INTA to INTD.</summary>
    public uint WireSpi { get; init; }

    /// <summary>The interrupt of messages 0 to 31.</summary>
    public uint LowMessageSpi { get; init; }

    /// <summary>The interrupt of messages 32 to 63.</summary>
    public uint HighMessageSpi { get; init; }

    /// <summary>The interrupt that no cause raises; the binding wants it named.</summary>
    public uint UnusedSpi { get; init; }
}
