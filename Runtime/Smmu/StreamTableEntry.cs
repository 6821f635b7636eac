using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>The words of a stream table entry that are not zero. There is deliberately no way to make one that bypasses translation.</summary>
/// <remarks>Source: Arm IHI 0070, section 5.2.</remarks>
public readonly struct StreamTableEntry
{
    /// <summary>Bytes of an entry.</summary>
    public const ulong SizeBytes = 64;

    private const ulong Valid = 1;
    private const ulong ConfigurationBits = 7UL << 1;
    private const ulong Stage1Only = 5UL << 1;
    private const ulong Stage2Only = 6UL << 1;
    private const ulong IncomingShareability = 1UL << 44;

    private StreamTableEntry(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        Word0 = word0;
        Word1 = word1;
        Word2 = word2;
        Word3 = word3;
    }

    /// <summary>V, configuration, context descriptor.</summary>
    public ulong Word0 { get; }

    /// <summary>Attributes of the stream.</summary>
    public ulong Word1 { get; }

    /// <summary>Stage-2 configuration.</summary>
    public ulong Word2 { get; }

    /// <summary>Stage-2 table.</summary>
    public ulong Word3 { get; }

    /// <summary>Every transaction is aborted; nothing is recorded.</summary>
    public static StreamTableEntry Abort => new(Valid, 0, 0, 0);

    /// <summary>Translation by a stage-2 table.</summary>
    /// <param name="root">The table's root.</param>
    /// <param name="geometry">The table's shape.</param>
    /// <param name="vmid">The tag of its translations.</param>
    /// <param name="coherent">Whether the walker snoops the caches.</param>
    public static StreamTableEntry Stage2(MachineAddress root, PageTableGeometry geometry, ushort vmid, bool coherent)
    {
        // Faults are recorded (S2R), stage 1 tables in device memory fault (S2PTW); no stalling: a stalled stream would block its device for good.
        const ulong Aarch64 = 1UL << 51;
        const ulong ProtectedWalk = 1UL << 54;
        const ulong Record = 1UL << 58;
        ulong walks = coherent ? (1UL << 40) | (1UL << 42) | (3UL << 44) : 2UL << 44;
        ulong word2 = vmid | ((ulong)geometry.SizeOffset << 32) | ((ulong)geometry.StartLevelCode << 38) | walks
            | ((ulong)geometry.OutputSizeCode << 48) | Aarch64 | ProtectedWalk | Record;
        return new StreamTableEntry(Valid | Stage2Only, IncomingShareability, word2, root.Value);
    }

    /// <summary>Translation by the stage-1 table of a context descriptor.</summary>
    /// <param name="context">The context descriptor.</param>
    /// <param name="canStall">Whether the SMMU stalls faulting transactions unless told not to.</param>
    /// <param name="coherent">Whether the walker snoops the caches.</param>
    public static StreamTableEntry Stage1(MachineAddress context, bool canStall, bool coherent)
    {
        const ulong NoStalling = 1UL << 27;
        ulong fetches = coherent ? (1UL << 2) | (1UL << 4) | (3UL << 6) : 2UL << 6;
        return new StreamTableEntry(Valid | Stage1Only | context.Value, IncomingShareability | fetches | (canStall ? NoStalling : 0), 0, 0);
    }

    /// <summary>Whether a first word lets transactions through to a table.</summary>
    internal static bool Translates(ulong word0) => (word0 & Valid) != 0 && (word0 & ConfigurationBits) is (Stage1Only or Stage2Only);
}
