namespace Sluice.Runtime.HostBridges;

/// <summary>Which registers a function's MSI capability has (PCI Local Bus Specification 3.0, section 6.8.1).</summary>
public struct MsiLayout
{
    /// <summary>The most messages that a function can ask for.</summary>
    public const uint MostMessages = 32;

    private const uint HeaderBytes = 4;
    private const uint WordBytes = 4;

    /// <summary>How many messages the function can send: a power of two from 1 to 32; 0 when it has no usable MSI.</summary>
    public uint Messages { get; set; }

    /// <summary>Whether its address has 64 bits.</summary>
    public bool Is64Bit { get; set; }

    /// <summary>Whether it has a mask and a pending bit for each message.</summary>
    public bool HasMasks { get; set; }

    /// <summary>Size of the capability in bytes, in whole words.</summary>
    public readonly uint SizeBytes => BytesFor(Is64Bit, HasMasks);

    /// <summary>Size of a layout in bytes, in whole words.</summary>
    /// <param name="is64Bit">Whether the address has 64 bits.</param>
    /// <param name="hasMasks">Whether there are mask and pending bits.</param>
    public static uint BytesFor(bool is64Bit, bool hasMasks)
        => HeaderBytes + WordBytes + (is64Bit ? WordBytes : 0) + WordBytes + (hasMasks ? 2 * WordBytes : 0);

    /// <summary>Whether the function can send a block of messages whose first one is the host's.</summary>
    /// <param name="address">Where they go.</param>
    /// <param name="data">What the first one says; the function changes the low bits of it.</param>
    /// <param name="count">How many: a power of two.</param>
    public readonly bool CanSend(ulong address, uint data, uint count)
        => count != 0 && count <= Messages && (data & (count - 1)) == 0 && (data | (count - 1)) <= ushort.MaxValue && (Is64Bit || address <= uint.MaxValue) && (address & 3) == 0;
}
