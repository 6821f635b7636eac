using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>Pages of a guest's function on the PCI side.</summary>
internal struct GuardedRange
{
    /// <summary>Whose memory it is.</summary>
    public RequesterId Function;

    /// <summary>Its first page: the PCI address divided by 4096.</summary>
    public ulong FirstPage;

    /// <summary>Its last page, included.</summary>
    public ulong LastPage;
}
