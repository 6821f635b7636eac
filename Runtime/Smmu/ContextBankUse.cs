namespace Sluice.Runtime.Smmu;

/// <summary>Who uses a context bank of an SMMUv2, and how much it has reported.</summary>
internal struct ContextBankUse
{
    /// <summary>Whether the bank belongs to an address space.</summary>
    internal bool IsTaken;

    /// <summary>The VMID of the space.</summary>
    internal byte Tag;

    /// <summary>Faults reported since its interrupt was last allowed.</summary>
    internal uint Reports;

    /// <summary>Whether its interrupt is held back because it reported too much.</summary>
    internal bool IsMuted;
}
