namespace Sluice.Runtime.HostBridges;

/// <summary>A translation of the NWL bridge: what matches the source is sent to the destination.</summary>
/// <param name="source">First address that matches; a multiple of the size.</param>
/// <param name="destination">Where that goes; a multiple of the size.</param>
/// <param name="bytes">Size in bytes: a power of two from 4 KiB on.</param>
public readonly struct NwlWindow(ulong source, ulong destination, ulong bytes)
{
    /// <summary>First address that matches: the link's for ingress, the machine's for egress.</summary>
    public ulong Source { get; } = source;

    /// <summary>Where that goes: a machine address for ingress, one of the link for egress.</summary>
    public ulong Destination { get; } = destination;

    /// <summary>Size in bytes.</summary>
    public ulong Bytes { get; } = bytes;
}
