namespace Sluice.Registers.Description;

/// <summary>What one party sees of a block. A register without a policy is denied.</summary>
/// <param name="Name">The party: <c>guest</c>, <c>hardware-domain</c> or another name.</param>
/// <param name="TypeName">The name in code: <c>Guest</c>, <c>HardwareDomain</c>.</param>
/// <param name="AbsentOnes">Whether what is not described reads as all ones (PCI) or as zero.</param>
/// <param name="Policies">One for each register that the party sees, in the order of the block's registers.</param>
public sealed record ViewModel(string Name, string TypeName, bool AbsentOnes, EquatableArray<PolicyModel> Policies);
