namespace Sluice.Runtime.Phy;

/// <summary>The blocks of which a domain with lanes of its own sees a part.</summary>
public enum PhyBlock : byte
{
    /// <summary>The transceivers (PS_GTR).</summary>
    Serdes = 0,

    /// <summary>The serial I/O unit (SIOU).</summary>
    Siou = 1,

    /// <summary>Clocks and resets of the full-power domain (CRF_APB).</summary>
    FullPowerResets = 2,

    /// <summary>Clocks and resets of the low-power domain (CRL_APB).</summary>
    LowPowerResets = 3,
}
