using System;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// The list of what a guest may be shown: ids of capabilities whose block has a guest's view, and vendors', which have none. An id that is not in it is hidden, whatever the
/// assignment says.
/// </summary>
public static class CapabilityKinds
{
    // Two bytes each: id, kind. Ids of conventional and of extended capabilities are numbers of their own.
    private static ReadOnlySpan<byte> Conventional =>
    [
        PmCapability.CapabilityId, (byte)GuestCapability.Power,
        VpdCapability.CapabilityId, (byte)GuestCapability.VitalProductData,
        MsiCapability.CapabilityId, (byte)GuestCapability.Msi,
        VendorId, (byte)GuestCapability.Vendor,
        PcieCapability.CapabilityId, (byte)GuestCapability.Express,
        MsixCapability.CapabilityId, (byte)GuestCapability.Msix,
        AfCapability.CapabilityId, (byte)GuestCapability.AdvancedFeatures,
    ];

    private static ReadOnlySpan<byte> Extended =>
    [
        (byte)ExtendedIds.ErrorReporting, (byte)GuestCapability.ErrorReporting,
        (byte)ExtendedIds.SerialNumber, (byte)GuestCapability.SerialNumber,
    ];

    private const byte VendorId = 0x09;

    /// <summary>What kind a capability is for a guest.</summary>
    /// <param name="capability">The capability.</param>
    /// <returns>The kind; none when no guest may be shown it.</returns>
    public static GuestCapability Of(FoundCapability capability)
    {
        ReadOnlySpan<byte> kinds = capability.IsExtended ? Extended : Conventional;
        for (int entry = 0; entry < kinds.Length; entry += 2)
        {
            if (kinds[entry] == capability.Id)
            {
                return (GuestCapability)kinds[entry + 1];
            }
        }

        return GuestCapability.None;
    }

    /// <summary>The set that holds one kind.</summary>
    /// <param name="kind">The kind.</param>
    public static GuestCapabilities Set(GuestCapability kind) => (GuestCapabilities)(1 << (int)kind);
}
