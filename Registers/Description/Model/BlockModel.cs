namespace Sluice.Registers.Description;

/// <summary>One block of registers: an SVD peripheral with its clusters flattened into register paths.</summary>
/// <param name="Name">The hardware's name.</param>
/// <param name="TypeName">The name in code, .NET style, unique in the device.</param>
/// <param name="Description">What it is.</param>
/// <param name="BaseAddress">Machine address of byte 0; 0 for a block that is placed at run time (a PCI capability).</param>
/// <param name="SizeBytes">Size of the block in bytes, a multiple of 4: the end of its address blocks, or of its last register.</param>
/// <param name="CapabilityId">The id of the PCI capability that the block describes; null for other blocks.</param>
/// <param name="Registers">Its registers, sorted by offset, then by name.</param>
/// <param name="Views">What a party other than the hardware's driver sees of it.</param>
/// <param name="Source">Where the facts come from (document and section, or driver file); empty when the description does not say.</param>
public sealed record BlockModel(
    string Name,
    string TypeName,
    string Description,
    ulong BaseAddress,
    uint SizeBytes,
    uint? CapabilityId,
    EquatableArray<RegisterModel> Registers,
    EquatableArray<ViewModel> Views,
    string Source)
{
    /// <summary>Why the facts are in doubt; empty when they are not.</summary>
    public string Unsure { get; init; } = "";

    /// <summary>What an overlay says of the block itself, as for a register; empty when none does.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Named steps over its registers.</summary>
    public EquatableArray<SequenceModel> Sequences { get; init; }
}
