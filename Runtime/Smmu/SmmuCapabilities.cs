using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Smmu;

/// <summary>What an SMMUv3 says it can do.</summary>
public readonly struct SmmuCapabilities
{
    private readonly Smmuv3.Idr0 _idr0;
    private readonly Smmuv3.Idr1 _idr1;
    private readonly Smmuv3.Idr5 _idr5;

    /// <summary>Reads the identification registers.</summary>
    internal SmmuCapabilities(Smmuv3.Idr0 idr0, Smmuv3.Idr1 idr1, Smmuv3.Idr5 idr5)
    {
        _idr0 = idr0;
        _idr1 = idr1;
        _idr5 = idr5;
    }

    /// <summary>Stage 2 where there is one; otherwise stage 1.</summary>
    public TranslationStage Stage => _idr0.S2p ? TranslationStage.Stage2 : TranslationStage.Stage1;

    /// <summary>Whether tables and queues are read through the caches.</summary>
    public bool IsCoherent => _idr0.Cohacc;

    /// <summary>Whether faulting transactions may be stalled, and must be told not to be.</summary>
    public bool CanStall => _idr0.StallModel == Smmuv3.Idr0StallModel.StallOrTerminate;

    /// <summary>Whether interrupts can be messages; their address registers exist only then.</summary>
    public bool HasMessages => _idr0.Msi;

    /// <summary>Whether it keeps translations of EL2 apart, which then must be forgotten by a command of their own.</summary>
    internal bool HasHypervisorTranslations => _idr0.Hyp;

    /// <summary>Whether a stream table may have two levels.</summary>
    public bool HasTwoLevelStreams => _idr0.StLevel == 1;

    /// <summary>Bits of a stream id.</summary>
    public int StreamBits => (int)_idr1.SidSize;

    /// <summary>log2 of the largest command queue, in entries.</summary>
    public int CommandQueueLog2 => (int)_idr1.Cmdqs;

    /// <summary>log2 of the largest event queue, in entries.</summary>
    public int EventQueueLog2 => (int)_idr1.Eventqs;

    /// <summary>The largest VMID or ASID, whichever this SMMU tags translations with.</summary>
    public ushort LastTag => (Stage == TranslationStage.Stage2 ? _idr0.Vmid16 : _idr0.Asid16) ? ushort.MaxValue : byte.MaxValue;

    /// <summary>Bits of a machine address, at most 48.</summary>
    public int OutputBits => _idr5.Oas switch
    {
        Smmuv3.Idr5Oas.Bits32 => 32,
        Smmuv3.Idr5Oas.Bits36 => 36,
        Smmuv3.Idr5Oas.Bits40 => 40,
        Smmuv3.Idr5Oas.Bits42 => 42,
        Smmuv3.Idr5Oas.Bits44 => 44,
        _ => 48,
    };

    /// <summary>Whether tables or queues are where the SMMU says, not where we do.</summary>
    internal bool HasPlacedTables => _idr1.TablesPreset || _idr1.QueuesPreset;

    /// <summary>Whether this driver can use it: tables and queues that it may place, AArch64 tables, little-endian, 4 KiB granule, some stage. A register that shows all ones was not answered.</summary>
    public bool IsSupported =>
        !HasPlacedTables
        && _idr0.Value != uint.MaxValue
        && _idr5.Value != uint.MaxValue
        && _idr0.Ttf is (Smmuv3.Idr0Ttf.Aarch64 or Smmuv3.Idr0Ttf.Both)
        && _idr0.Ttendian != Smmuv3.Idr0Ttendian.Big
        && _idr0.StallModel != Smmuv3.Idr0StallModel.StallOnly
        && _idr5.Gran4K
        && (_idr0.S1p || _idr0.S2p);
}
