using System;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Kinds of capabilities that a guest may be shown. The bit of a kind is the number of its <see cref="GuestCapability"/>.</summary>
[Flags]
public enum GuestCapabilities : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Power management.</summary>
    Power = 1 << GuestCapability.Power,

    /// <summary>MSI-X.</summary>
    Msix = 1 << GuestCapability.Msix,

    /// <summary>PCI Express.</summary>
    Express = 1 << GuestCapability.Express,

    /// <summary>MSI.</summary>
    Msi = 1 << GuestCapability.Msi,

    /// <summary>Advanced features.</summary>
    AdvancedFeatures = 1 << GuestCapability.AdvancedFeatures,

    /// <summary>Vital product data, to be read.</summary>
    VitalProductData = 1 << GuestCapability.VitalProductData,

    /// <summary>A vendor's own registers, to be read. What a read of them does, only the vendor knows.</summary>
    Vendor = 1 << GuestCapability.Vendor,

    /// <summary>Advanced error reporting.</summary>
    ErrorReporting = 1 << GuestCapability.ErrorReporting,

    /// <summary>Serial number.</summary>
    SerialNumber = 1 << GuestCapability.SerialNumber,

    /// <summary>What a guest is shown unless its assignment says otherwise: what it cannot do without, and what gives nothing away.</summary>
    Standard = Power | Msix | Express | Msi | AdvancedFeatures | SerialNumber,
}
