namespace Sluice.Runtime.HostBridges;

/// <summary>What must be so before a bridge is used. It remembers the first thing that is not.</summary>
internal struct BridgeChecklist
{
    /// <summary>The first thing that is not so.</summary>
    public BridgeRefusal Refusal { get; private set; }

    /// <summary>Whether all was so up to now. Once it was not, nothing more should be read.</summary>
    public readonly bool Passes => Refusal.IsNone;

    /// <summary>Asks for bits of a register. One that shows all ones is not there at all.</summary>
    /// <param name="block">Which block.</param>
    /// <param name="offset">Byte offset of the register in it.</param>
    /// <param name="value">What it shows.</param>
    /// <param name="mask">The bits that matter.</param>
    /// <param name="expected">What these must be, in their place.</param>
    /// <returns>Whether all was so up to now.</returns>
    public bool Require(BridgeBlock block, uint offset, uint value, uint mask, uint expected)
    {
        if (Passes && ((value & mask) != expected || value == uint.MaxValue))
        {
            Refusal = new BridgeRefusal(block, offset, value, mask, expected);
        }

        return Passes;
    }
}
