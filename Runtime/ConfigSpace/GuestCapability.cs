namespace Sluice.Runtime.ConfigSpace;

/// <summary>What a word of a guest's config space belongs to. A capability that is not among these does not exist for a guest.</summary>
public enum GuestCapability : byte
{
    /// <summary>Nothing: the bytes are denied.</summary>
    None = 0,

    /// <summary>Power management (id 0x01).</summary>
    Power = 1,

    /// <summary>MSI-X (id 0x11).</summary>
    Msix = 2,

    /// <summary>PCI Express (id 0x10).</summary>
    Express = 3,

    /// <summary>MSI (id 0x05).</summary>
    Msi = 4,

    /// <summary>Advanced features (id 0x13).</summary>
    AdvancedFeatures = 5,

    /// <summary>Vital product data (id 0x03).</summary>
    VitalProductData = 6,

    /// <summary>A vendor's own registers (id 0x09).</summary>
    Vendor = 7,

    /// <summary>Advanced error reporting (extended id 0x0001).</summary>
    ErrorReporting = 8,

    /// <summary>Serial number (extended id 0x0003).</summary>
    SerialNumber = 9,

    /// <summary>The first word of extended config space, when the capability there is hidden: it has no id and leads to the first one that is shown.</summary>
    ExtendedHead = 10,

    /// <summary>The header.</summary>
    Header = 11,
}
