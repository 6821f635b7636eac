using Sluice.Registers;
using Sluice.Runtime.Phy;

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

    /// <summary>What the root port passes on to the link. With <see cref="BringUpPolicy.Hypervisor"/> it is opened; whoever brought the bridge up, all of it must be open before anything behind it is assigned.</summary>
    public PortWindows Windows { get; set; }

    /// <summary>
    /// The transceivers of its link, if the core is to see to them: then the lanes of PCI Express in their plan must be connected and their PLL locked before anything else of the bridge is
    /// looked at. Without them the bridge's own word counts (<c>PHY_RDY</c>).
    /// </summary>
    public PsGtrSettings Transceivers { get; set; }

    /// <summary>Whether DMA of its functions snoops the processors' caches.</summary>
    public bool IsCoherent { get; set; }

    /// <summary>Whether the function behind the link uses alternative routing ids, so that all device numbers of its bus are its own.</summary>
    public bool UsesAlternativeRouting { get; set; }

    /// <summary>
    /// The translations from the link to the machine that the board opens itself (<see cref="NwlWindows{TBus}.TryOpenIngress"/>), a bit for each of the eight. The checklist wants all others closed: one
    /// that nobody here opened would send DMA somewhere else.
    /// </summary>
    public byte OwnIngress { get; set; }

    /// <summary>The translations from the machine to the link that the board opens itself, a bit for each of the eight.</summary>
    public byte OwnEgress { get; set; }
}
