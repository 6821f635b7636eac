namespace Sluice.Runtime.HostBridges;

/// <summary>A way to reset a function.</summary>
public enum ResetMethod : byte
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Function-level reset (PCI Express Base Specification, "Function Level Reset").</summary>
    FunctionLevel = 1,

    /// <summary>Function-level reset of conventional PCI (PCI Advanced Capabilities ECN).</summary>
    AdvancedFeatures = 2,

    /// <summary>From D0 to D3hot and back, for functions that lose their state on the way (PCI Bus Power Management Interface 1.2, section 5.4).</summary>
    PowerState = 3,

    /// <summary>The reset of the bus below a bridge: everything on it is reset (PCI-to-PCI Bridge Architecture 1.2, section 3.2.5.17).</summary>
    SecondaryBus = 4,
}
