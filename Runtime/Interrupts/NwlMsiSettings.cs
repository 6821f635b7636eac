namespace Sluice.Runtime.Interrupts;

/// <summary>What a board decides about the MSI controller of an NWL bridge.</summary>
public struct NwlMsiSettings
{
    /// <summary>
    /// Whether messages go into the FIFO, which says who sent each one. Decoded into status bits instead, they are anonymous: then the bridge serves one guest only.
    /// </summary>
    public bool UsesFifo { get; set; }

    /// <summary>Where functions write their messages: a page of the link's addresses that nothing else answers to. Linux takes that of the attribute block.</summary>
    public ulong Doorbell { get; set; }

    /// <summary>The machine's interrupt of vectors 0 to 31 (<c>msi0</c>).</summary>
    public uint LowInterrupt { get; set; }

    /// <summary>The machine's interrupt of vectors 32 to 63 (<c>msi1</c>).</summary>
    public uint HighInterrupt { get; set; }

    /// <summary>The machine's interrupt of the bridge's events, the FIFO's among them (<c>misc</c>).</summary>
    public uint EventInterrupt { get; set; }
}
