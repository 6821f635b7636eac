namespace Sluice.Runtime.Memory;

/// <summary>What a table says of one input address.</summary>
/// <param name="output">The machine address that it leads to.</param>
/// <param name="attributes">What may be done there.</param>
/// <param name="level">The level of the leaf: 1, 2 or 3.</param>
public readonly struct Translation(MachineAddress output, PageAttributes attributes, int level)
{
    /// <summary>The machine address.</summary>
    public MachineAddress Output { get; } = output;

    /// <summary>What may be done there.</summary>
    public PageAttributes Attributes { get; } = attributes;

    /// <summary>The size of the leaf.</summary>
    public LeafSize Leaf { get; } = (LeafSize)level;
}
