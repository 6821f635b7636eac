namespace Sluice.Registers.Description;

/// <summary>A whole description after all inheritance, derivation and inclusion: what the compiler works on. It carries no positions.</summary>
/// <param name="Name">The device's name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Blocks">Its blocks (SVD peripherals), in document order.</param>
public sealed record DeviceModel(string Name, string Description, EquatableArray<BlockModel> Blocks)
{
    /// <summary>Named steps over the registers of several of its blocks.</summary>
    public EquatableArray<SequenceModel> Sequences { get; init; }

    /// <summary>The name in code of the class that holds <see cref="Sequences"/>; empty when there are none.</summary>
    public string SequencesTypeName { get; init; } = "";
}
