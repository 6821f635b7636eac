namespace Sluice.Runtime.Domains;

/// <summary>Why two functions cannot have different owners.</summary>
public enum IsolationRelation : byte
{
    /// <summary>They can.</summary>
    None = 0,

    /// <summary>Their DMA carries the same stream, so that the SMMU cannot tell them apart.</summary>
    SharedStream = 1,

    /// <summary>A bridge to conventional PCI gives the requests of both one id.</summary>
    RequesterAlias = 2,

    /// <summary>One of them also uses the id of the other, or both use an id beside their own.</summary>
    PhantomFunction = 3,

    /// <summary>A port above both lets requests pass whose sender is not below it: each can pretend to be the other.</summary>
    MissingSourceValidation = 4,

    /// <summary>A port above both may turn requests or completions round to the other without passing the SMMU.</summary>
    MissingRedirect = 5,

    /// <summary>A port above both does not pass up requests that name an address above.</summary>
    MissingUpstreamForwarding = 6,

    /// <summary>They, or the ports that lead to them, are functions of one device that does not keep its functions apart.</summary>
    MultifunctionWithoutAcs = 7,

    /// <summary>Their INTx wires are one line.</summary>
    SharedIntx = 8,

    /// <summary>Their memory has parts in one 4 KiB page.</summary>
    SharedPage = 9,

    /// <summary>Their MSI controller does not tell who sends a message.</summary>
    SharedMsiController = 10,

    /// <summary>No bridge was found that leads to them; nothing is known of their way.</summary>
    UnknownPath = 11,

    /// <summary>One is a virtual function of the other, which can take it away.</summary>
    VirtualFunction = 12,
}
