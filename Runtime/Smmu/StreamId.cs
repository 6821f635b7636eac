namespace Sluice.Runtime.Smmu;

/// <summary>Whose transaction it is, as the SMMU sees it: for a PCI function mostly its requester id, mapped by <c>iommu-map</c>.</summary>
/// <param name="value">The stream id.</param>
public readonly struct StreamId(uint value)
{
    /// <summary>The stream id.</summary>
    public uint Value { get; } = value;
}
