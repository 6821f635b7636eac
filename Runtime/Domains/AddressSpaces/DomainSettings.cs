using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>What kind of addresses a domain has.</summary>
public struct DomainSettings
{
    /// <summary>Whose they are.</summary>
    public OwnerId Owner { get; set; }

    /// <summary>How much can be mapped, and how many pages the tables can take.</summary>
    public OwnerQuota Quota { get; set; }

    /// <summary>Bits of an address that the tables take: 25 to 48.</summary>
    public int AddressBits { get; set; }

    /// <summary>Whether the domain's addresses are the machine's, for RAM and for the memory of functions: for a guest whose devices have no translation, or no choice.</summary>
    public bool IsDirectMapped { get; set; }

    /// <summary>Whether devices reach the memory of each other.</summary>
    public PeerPolicy Peers { get; set; }

    /// <summary>Whether processors and devices walk one table: then the table for processors is that one, and the other is not used.</summary>
    public bool SharesTable { get; set; }
}
