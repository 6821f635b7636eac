using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>What the board says about the machine, as far as it decides which functions can be kept apart.</summary>
public struct IsolationRules
{
    /// <summary>Which streams requesters have. Unknown, only the streams of assignment requests are compared, and aliases have none.</summary>
    public RequesterStreams Streams { get; set; }

    /// <summary>What the MSI controller can promise.</summary>
    public MsiAbilities Msi { get; set; }

    /// <summary>Whether owners are given INTx: then a line has one owner.</summary>
    public bool OffersIntx { get; set; }

    /// <summary>Whether functions keep the places that firmware gave their memory, as for direct-mapped guests. Otherwise each gets pages of its own.</summary>
    public bool KeepsPlaces { get; set; }
}
