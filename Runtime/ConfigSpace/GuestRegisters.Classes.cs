using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>What each byte is. Outside the trap path.</summary>
internal partial struct GuestRegisters<TBridge, TGuest, TEntries>
{
    /// <summary>Classifies one byte.</summary>
    /// <param name="offset">Byte offset in config space; any value.</param>
    public readonly ConfigByte Classify(uint offset)
    {
        GuestCapability kind = OwnerOf(offset);
        uint within = offset - _starts[(int)kind];
        return kind switch
        {
            GuestCapability.Header => ConfigByte.Of<PciHeader.Guest.Tables>(kind, offset),
            GuestCapability.Power => ConfigByte.Of<PmCapability.Guest.Tables>(kind, within),
            GuestCapability.Msi => ConfigByte.Of<MsiCapability.Guest.Tables>(kind, InLargestLayout(within)),
            GuestCapability.Msix => ConfigByte.Of<MsixCapability.Guest.Tables>(kind, within),
            GuestCapability.Express => ConfigByte.Of<PcieCapability.Guest.Tables>(kind, within),
            GuestCapability.AdvancedFeatures => ConfigByte.Of<AfCapability.Guest.Tables>(kind, within),
            GuestCapability.VitalProductData => ConfigByte.Of<VpdCapability.Guest.Tables>(kind, within),
            GuestCapability.ErrorReporting => ConfigByte.Of<AerCapability.Guest.Tables>(kind, within),
            GuestCapability.SerialNumber => ConfigByte.Of<DsnCapability.Guest.Tables>(kind, within),
            GuestCapability.Vendor => ConfigByte.Undescribed(kind, ByteTreatment.Mediated),
            GuestCapability.ExtendedHead => ConfigByte.Undescribed(kind, ByteTreatment.Constant),
            _ => ConfigByte.Denied,
        };
    }
}
