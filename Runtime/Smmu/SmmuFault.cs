using Sluice.Registers;

namespace Sluice.Runtime.Smmu;

/// <summary>A transaction that an SMMU stopped: whose, where, what kind of access, and why. The same value whichever SMMU reports it.</summary>
/// <remarks>Source: Arm IHI 0070, section 7.3, event record formats; Arm IHI 0062, sections 10.6 and 16.5, fault syndrome registers.</remarks>
public readonly struct SmmuFault
{
    /// <summary>Reads an event record of an SMMUv3.</summary>
    /// <param name="word0">Bits 63:0.</param>
    /// <param name="word1">Bits 127:64.</param>
    /// <param name="word2">Bits 191:128.</param>
    public SmmuFault(ulong word0, ulong word1, ulong word2)
    {
        Kind = (SmmuFaultKind)word0;
        Stream = new StreamId((uint)(word0 >> 32));
        HasAddress = Kind is SmmuFaultKind.UnsupportedTransaction or SmmuFaultKind.TranslatedForbidden or >= SmmuFaultKind.WalkAbort;
        Address = new GuestAddress(HasAddress ? word2 : 0);
        IsWrite = (word1 & (1UL << 35)) == 0;
        IsStage2 = (word1 & (1UL << 39)) != 0;
    }

    /// <summary>Makes the report of an SMMUv2's fault registers.</summary>
    internal SmmuFault(SmmuFaultKind kind, StreamId stream, ulong address, bool isWrite, bool isStage2)
    {
        Kind = kind;
        Stream = stream;
        HasAddress = true;
        Address = new GuestAddress(address);
        IsWrite = isWrite;
        IsStage2 = isStage2;
    }

    /// <summary>What was wrong. A number that the enumeration does not have is one of a later architecture.</summary>
    public SmmuFaultKind Kind { get; }

    /// <summary>Whose transaction it was.</summary>
    public StreamId Stream { get; }

    /// <summary>Whether the record has an address; configuration errors of an SMMUv3 have none.</summary>
    public bool HasAddress { get; }

    /// <summary>The address as the device gave it; 0 without one.</summary>
    public GuestAddress Address { get; }

    /// <summary>Whether it was a write. Means nothing without an address.</summary>
    public bool IsWrite { get; }

    /// <summary>Whether stage 2 stopped it.</summary>
    public bool IsStage2 { get; }
}
