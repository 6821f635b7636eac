using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>How often something happened because of one function.</summary>
/// <param name="requester">Which function.</param>
/// <param name="count">How often; 0 for an entry that is free.</param>
public readonly struct RequesterCount(RequesterId requester, uint count)
{
    /// <summary>Which function.</summary>
    public RequesterId Requester { get; } = requester;

    /// <summary>How often.</summary>
    public uint Count { get; } = count;
}
