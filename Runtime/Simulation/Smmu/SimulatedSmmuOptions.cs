namespace Sluice.Simulation;

/// <summary>Which SMMUv3 is simulated, and how it misbehaves.</summary>
public sealed record SimulatedSmmuOptions
{
    /// <summary>Whether it has stage 1.</summary>
    public bool Stage1 { get; init; } = true;

    /// <summary>Whether it has stage 2.</summary>
    public bool Stage2 { get; init; } = true;

    /// <summary>Whether it keeps translations of EL2; without it the commands for those are illegal.</summary>
    public bool Hypervisor { get; init; }

    /// <summary>Whether it stalls faulting transactions unless told not to.</summary>
    public bool Stalls { get; init; }

    /// <summary>Whether tags of translations have 16 bits.</summary>
    public bool WideTags { get; init; } = true;

    /// <summary>Whether it says that it snoops the caches; whether it does is the memory's property.</summary>
    public bool Coherent { get; init; } = true;

    /// <summary>Whether it knows stream tables of two levels.</summary>
    public bool TwoLevelStreams { get; init; } = true;

    /// <summary>Bits of a stream id.</summary>
    public uint StreamBits { get; init; } = 16;

    /// <summary>log2 of its largest command queue.</summary>
    public uint CommandQueueLog2 { get; init; } = 19;

    /// <summary>log2 of its largest event queue.</summary>
    public uint EventQueueLog2 { get; init; } = 19;

    /// <summary>The output size code: 4 is 44 bits.</summary>
    public uint OutputSizeCode { get; init; } = 4;

    /// <summary>Whether tables and queues are placed by the SMMU.</summary>
    public bool Preset { get; init; }

    /// <summary>Whether it can abort while it is off; QEMU's before 8.0 cannot, and ignores writes of GBPA.</summary>
    public bool GlobalAbort { get; init; } = true;

    /// <summary>How many reads of an acknowledging register it takes until it shows what was written.</summary>
    public int AcknowledgeReads { get; init; }

    /// <summary>Whether it takes one command for each look at its progress, instead of all at once.</summary>
    public bool Lazy { get; init; }
}
