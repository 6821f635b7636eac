namespace Sluice.Runtime.ConfigSpace;

/// <summary>The capabilities that a guest may see. A capability that is not among them does not exist for it.</summary>
public enum GuestCapability : byte
{
    /// <summary>None: the bytes are denied.</summary>
    None = 0,

    /// <summary>Power management (id 0x01).</summary>
    Power = 1,

    /// <summary>MSI-X (id 0x11).</summary>
    Msix = 2,

    /// <summary>PCI Express (id 0x10).</summary>
    Express = 3,
}
