namespace Sluice.Runtime.Firmware;

/// <summary>A place in a device tree: meaningful only to the reader that gave it.</summary>
public readonly struct FdtNode
{
    internal FdtNode(int offset, int depth)
    {
        Offset = offset;
        Depth = depth;
    }

    /// <summary>How many nodes it is in: 0 for the root.</summary>
    public int Depth { get; }

    /// <summary>Byte offset of its token in the structure block.</summary>
    internal int Offset { get; }

    /// <summary>Whether both are the same place of one tree.</summary>
    public bool IsSame(FdtNode other) => Offset == other.Offset;
}
