namespace Sluice.Runtime.HostBridges;

/// <summary>Why a host bridge is not used: which register shows what, and what it should show. A value: who may use strings makes a sentence of it.</summary>
public readonly struct BridgeRefusal
{
    /// <summary>Makes a refusal.</summary>
    /// <param name="block">Which block.</param>
    /// <param name="offset">Byte offset of the register in it.</param>
    /// <param name="value">What the register shows.</param>
    /// <param name="mask">The bits that matter.</param>
    /// <param name="expected">What these should be, in their place.</param>
    public BridgeRefusal(BridgeBlock block, uint offset, uint value, uint mask, uint expected)
    {
        Block = block;
        Offset = offset;
        Value = value;
        Mask = mask;
        Expected = expected;
    }

    /// <summary>Which block; none when there is nothing to refuse.</summary>
    public BridgeBlock Block { get; }

    /// <summary>Byte offset of the register in the block.</summary>
    public uint Offset { get; }

    /// <summary>What the register shows; all ones where nothing answers.</summary>
    public uint Value { get; }

    /// <summary>The bits that matter.</summary>
    public uint Mask { get; }

    /// <summary>What these should be, in their place.</summary>
    public uint Expected { get; }

    /// <summary>Whether there is nothing to refuse.</summary>
    public bool IsNone => Block == BridgeBlock.None;
}
