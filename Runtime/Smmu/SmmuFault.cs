using Sluice.Registers;

namespace Sluice.Runtime.Smmu;

/// <summary>A transaction that the SMMU stopped.</summary>
/// <remarks>Source: Arm IHI 0070, section 7.3, event record formats.</remarks>
public readonly struct SmmuFault
{
    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;

    /// <summary>Reads an event record.</summary>
    /// <param name="word0">Bits 63:0.</param>
    /// <param name="word1">Bits 127:64.</param>
    /// <param name="word2">Bits 191:128.</param>
    public SmmuFault(ulong word0, ulong word1, ulong word2)
    {
        _word0 = word0;
        _word1 = word1;
        _word2 = word2;
    }

    /// <summary>What was wrong. A number that the enumeration does not have is one of a later architecture.</summary>
    public SmmuFaultKind Kind => (SmmuFaultKind)_word0;

    /// <summary>Whose transaction it was.</summary>
    public StreamId Stream => new((uint)(_word0 >> 32));

    /// <summary>Whether the record has an address; configuration errors have none.</summary>
    public bool HasAddress => Kind is SmmuFaultKind.UnsupportedTransaction or SmmuFaultKind.TranslatedForbidden or >= SmmuFaultKind.WalkAbort;

    /// <summary>The address as the device gave it; 0 without one.</summary>
    public GuestAddress Address => new(HasAddress ? _word2 : 0);

    /// <summary>Whether it was a write. Means nothing without an address.</summary>
    public bool IsWrite => (_word1 & (1UL << 35)) == 0;

    /// <summary>Whether stage 2 stopped it.</summary>
    public bool IsStage2 => (_word1 & (1UL << 39)) != 0;
}
