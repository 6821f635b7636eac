namespace Sluice.Runtime.Memory;

/// <summary>
/// How one translation stage writes attributes into a leaf descriptor. Addresses, validity and levels are common to all stages of the VMSAv8-64
/// tables with a 4 KiB granule (Arm ARM, D8.3).
/// </summary>
public interface IDescriptorFormat
{
    /// <summary>How many tables may stand side by side at the first level: 16 for stage 2, otherwise 1 (Arm ARM, D8.2.4, concatenated tables).</summary>
    static abstract int MaximumRootPages { get; }

    /// <summary>The attribute bits of a leaf, the access flag included.</summary>
    /// <returns>False when this stage cannot express them.</returns>
    static abstract bool TryEncode(PageAttributes attributes, out ulong bits);

    /// <summary>The attributes of a leaf that <see cref="TryEncode"/> made.</summary>
    static abstract PageAttributes Decode(ulong descriptor);
}
