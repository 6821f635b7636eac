namespace Sluice.Registers.Description;

/// <summary>A register that has its name and place in the block, but not its name in code.</summary>
internal sealed record PendingRegister(string Name, uint Offset, RegisterDimension Dimension, RegisterTemplate Template, bool IsAlternate)
{
    public int WidthBytes => Template.WidthBits / 8;

    /// <summary>The byte behind its last element.</summary>
    public ulong End => Offset + ((ulong)(Dimension.Count - 1) * Dimension.StrideBytes) + (uint)WidthBytes;
}
