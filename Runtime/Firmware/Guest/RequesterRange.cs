namespace Sluice.Runtime.Firmware;

/// <summary>A row of a host bridge's <c>msi-map</c>, or an id mapping of a root complex: requester ids that follow one another, and the device ids they become.</summary>
/// <param name="firstRequester">The first requester id: bus, device and function in 16 bits.</param>
/// <param name="firstDevice">The device id of the first one; those of the others follow.</param>
/// <param name="count">How many: 1 to 65536.</param>
public readonly struct RequesterRange(uint firstRequester, uint firstDevice, uint count)
{
    /// <summary>The first requester id.</summary>
    public uint FirstRequester { get; } = firstRequester;

    /// <summary>The device id of the first one.</summary>
    public uint FirstDevice { get; } = firstDevice;

    /// <summary>How many.</summary>
    public uint Count { get; } = count;
}
