namespace Sluice.Runtime.HostBridges;

/// <content>Whether a function says the same twice.</content>
public partial struct HostFunction<TBridge>
{
    /// <summary>
    /// Whether another probe of the function found the same. What is found is kept for good, so one answer that got lost must not be taken for a function without a capability, without
    /// memory, or with other memory.
    /// </summary>
    /// <param name="other">The other probe.</param>
    public readonly bool Agrees(ref readonly HostFunction<TBridge> other)
    {
        bool same = _capabilities.Count == other._capabilities.Count
            && _capabilities.HasExtendedSpace == other._capabilities.HasExtendedSpace
            && HasMalformedCapabilities == other.HasMalformedCapabilities
            && KeepsStateAsleep == other.KeepsStateAsleep
            && AdvancedFeaturesOffset == other.AdvancedFeaturesOffset
            && _msi.Messages == other._msi.Messages
            && _msi.Is64Bit == other._msi.Is64Bit
            && _msi.HasMasks == other._msi.HasMasks
            && PowerOffset == other.PowerOffset
            && MsiOffset == other.MsiOffset
            && MsixOffset == other.MsixOffset
            && ExpressOffset == other.ExpressOffset
            && CanReset == other.CanReset
            && _msix.Entries == other._msix.Entries
            && _msix.TableBar == other._msix.TableBar
            && _msix.TableOffset == other._msix.TableOffset
            && _msix.PendingBar == other._msix.PendingBar
            && _msix.PendingOffset == other._msix.PendingOffset;
        for (int index = 0; index < _capabilities.Count; index++)
        {
            same &= _capabilities[index].Id == other._capabilities[index].Id && _capabilities[index].Offset == other._capabilities[index].Offset;
        }

        for (int bar = 0; bar < HostBars.Places; bar++)
        {
            same &= _bars[bar].Kind == other._bars[bar].Kind
                && _bars[bar].IsPrefetchable == other._bars[bar].IsPrefetchable
                && _bars[bar].SizeBytes == other._bars[bar].SizeBytes;
        }

        return same;
    }
}
