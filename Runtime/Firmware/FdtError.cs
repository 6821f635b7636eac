namespace Sluice.Runtime.Firmware;

/// <summary>What is wrong with a flattened device tree, or with the way one is being written.</summary>
public enum FdtError : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The blob is shorter than its header says, or than a header.</summary>
    Truncated,

    /// <summary>It does not begin with 0xd00dfeed.</summary>
    BadMagic,

    /// <summary>Not version 17, nor compatible with it.</summary>
    BadVersion,

    /// <summary>A block is misaligned or lies outside the blob.</summary>
    BadLayout,

    /// <summary>A token that does not exist or does not fit where it stands.</summary>
    BadToken,

    /// <summary>A name without end, or one with characters that do not belong there.</summary>
    BadName,

    /// <summary>A property that reaches beyond its block.</summary>
    BadProperty,

    /// <summary>A property after a child node, or outside any node.</summary>
    MisplacedProperty,

    /// <summary>More than 32 nodes within each other.</summary>
    TooDeep,

    /// <summary>A node that is not closed, or a second root.</summary>
    Unbalanced,

    /// <summary>The buffer is full.</summary>
    BufferFull,
}
