namespace Sluice.Runtime.Smmu;

/// <summary>Which of its stages an SMMU uses to turn a guest's addresses into the machine's.</summary>
public enum TranslationStage : byte
{
    /// <summary>Stage 1, because there is no stage 2: the table is the same, its entries are written differently.</summary>
    Stage1,

    /// <summary>Stage 2.</summary>
    Stage2,
}
