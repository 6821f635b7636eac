namespace Sluice.Registers.Description;

/// <summary>A register that has its name and place in the block, but not its name in code.</summary>
internal sealed record PendingRegister(string Name, uint Offset, RegisterDimension Dimension, RegisterTemplate Template, bool IsAlternate)
{
    /// <summary>What its name in code is made from: its name, unless an array around it, or it itself, calls its elements otherwise.</summary>
    public string CodeName { get; init; } = Name;

    /// <summary>The names of its elements; null when it has none or they have only numbers.</summary>
    public ElementNames? Elements { get; init; }

    public int WidthBytes => Template.WidthBits / 8;

    /// <summary>The byte behind its last element.</summary>
    public ulong End => Offset + ((ulong)(Dimension.Count - 1) * Dimension.StrideBytes) + (uint)WidthBytes;
}
