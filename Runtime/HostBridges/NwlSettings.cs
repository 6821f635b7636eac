using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>What a board decides about an NWL bridge.</summary>
public struct NwlSettings
{
    /// <summary>Who brings it up.</summary>
    public BringUpPolicy Policy { get; set; }

    /// <summary>Machine address of the bridge's registers (<c>breg</c> in a device tree).</summary>
    public RegisterAddress Bridge { get; set; }

    /// <summary>Machine address of its core's attributes (<c>pcireg</c>).</summary>
    public RegisterAddress Attributes { get; set; }

    /// <summary>Where config space is to be (<c>cfg</c>), and which buses.</summary>
    public EcamWindow Config { get; set; }

    /// <summary>Whether DMA of its functions snoops the processors' caches.</summary>
    public bool IsCoherent { get; set; }

    /// <summary>Whether the function behind the link uses alternative routing ids, so that all device numbers of its bus are its own.</summary>
    public bool UsesAlternativeRouting { get; set; }
}
