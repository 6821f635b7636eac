namespace Sluice.Runtime.Domains;

/// <summary>What a function is on the way of requests. The codes up to 10 are those of the PCI Express capability (PCI Express Base Specification, "Device/Port Type").</summary>
public enum FunctionKind : byte
{
    /// <summary>A PCI Express endpoint.</summary>
    Endpoint = 0,

    /// <summary>A legacy PCI Express endpoint.</summary>
    LegacyEndpoint = 1,

    /// <summary>A root port.</summary>
    RootPort = 4,

    /// <summary>The upper port of a switch.</summary>
    UpstreamPort = 5,

    /// <summary>A lower port of a switch.</summary>
    DownstreamPort = 6,

    /// <summary>A bridge from PCI Express to conventional PCI: what is below it speaks with its id.</summary>
    BridgeToConventional = 7,

    /// <summary>A bridge from conventional PCI to PCI Express.</summary>
    BridgeFromConventional = 8,

    /// <summary>An endpoint in the root complex.</summary>
    IntegratedEndpoint = 9,

    /// <summary>An event collector of the root complex.</summary>
    EventCollector = 10,

    /// <summary>A function without PCI Express.</summary>
    Conventional = 0x80,

    /// <summary>A bridge without PCI Express.</summary>
    ConventionalBridge = 0x81,
}
