namespace Sluice.Runtime.Smmu;

/// <summary>A command of an SMMUv3: 16 bytes, little-endian.</summary>
/// <remarks>Source: Arm IHI 0070, chapter 4.</remarks>
public readonly struct SmmuCommand
{
    private const ulong LeafFlag = 1;
    private const ulong PageMask = ~0xFFFUL;

    private SmmuCommand(ulong opcode, ulong low, ulong high)
    {
        Low = opcode | low;
        High = high;
    }

    /// <summary>Bits 63:0.</summary>
    public ulong Low { get; }

    /// <summary>Bits 127:64.</summary>
    public ulong High { get; }

    /// <summary>CMD_SYNC without a signal: its consumption shows that everything before it is complete.</summary>
    public static SmmuCommand Sync => new(0x46, 0, 0);

    /// <summary>CMD_CFGI_ALL: forget everything that was cached of stream table and context descriptors.</summary>
    public static SmmuCommand ForgetAllConfiguration => new(0x04, 0, 31);

    /// <summary>CMD_TLBI_NSNH_ALL: forget all translations of guests and of EL1.</summary>
    public static SmmuCommand ForgetAllTranslations => new(0x30, 0, 0);

    /// <summary>CMD_TLBI_EL2_ALL: forget all translations of EL2. Only an SMMU that knows of EL2 (IDR0.HYP) has it.</summary>
    public static SmmuCommand ForgetHypervisorTranslations => new(0x20, 0, 0);

    /// <summary>CMD_CFGI_STE: forget what was cached of a stream's entry, and of the context descriptors under it.</summary>
    public static SmmuCommand ForgetStream(StreamId stream) => new(0x03, (ulong)stream.Value << 32, LeafFlag);

    /// <summary>CMD_CFGI_STE without the leaf flag: forget a stream's entry and the descriptor of the table that it is in.</summary>
    public static SmmuCommand ForgetStreamPath(StreamId stream) => new(0x03, (ulong)stream.Value << 32, 0);

    /// <summary>CMD_TLBI_S12_VMALL: forget all translations of a VMID.</summary>
    public static SmmuCommand ForgetMachine(ushort vmid) => new(0x28, (ulong)vmid << 32, 0);

    /// <summary>CMD_TLBI_S2_IPA: forget the stage-2 translation of an address.</summary>
    public static SmmuCommand ForgetMachineAddress(ushort vmid, ulong input, bool leafOnly) =>
        new(0x2A, (ulong)vmid << 32, (input & PageMask) | (leafOnly ? LeafFlag : 0));

    /// <summary>CMD_TLBI_NH_ASID: forget all stage-1 translations of an ASID of VMID 0.</summary>
    public static SmmuCommand ForgetSpace(ushort asid) => new(0x11, (ulong)asid << 48, 0);

    /// <summary>CMD_TLBI_NH_VA: forget the stage-1 translation of an address in an ASID of VMID 0.</summary>
    public static SmmuCommand ForgetSpaceAddress(ushort asid, ulong input, bool leafOnly) =>
        new(0x12, (ulong)asid << 48, (input & PageMask) | (leafOnly ? LeafFlag : 0));
}
