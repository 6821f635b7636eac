namespace Sluice.Registers.Description;

/// <summary>A whole description after all inheritance, derivation and inclusion: what the compiler works on. It carries no positions.</summary>
/// <param name="Name">The device's name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Blocks">Its blocks (SVD peripherals), in document order.</param>
public sealed record DeviceModel(string Name, string Description, EquatableArray<BlockModel> Blocks);
