namespace Sluice.Runtime.Memory;

/// <summary>
/// Stage-1 leaf descriptors of the EL1&amp;0 regime: AttrIndx at 4:2, AP at 7:6, SH at 9:8, AF at 10, nG at 11, PXN and UXN at 53 and 54 (Arm ARM,
/// D8.3.2, stage 1 attributes). For SMMUs that have no stage 2: what a device calls an address is the guest's, and unprivileged.
/// </summary>
public readonly struct Stage1Format : IDescriptorFormat
{
    /// <summary>The MAIR that the attribute indexes refer to: write-back, uncached, Device-nGnRE, Device-nGnRnE.</summary>
    public const ulong MemoryAttributeIndirection = 0x0004_44FF;

    private const ulong Unprivileged = 1UL << 6;
    private const ulong ReadOnly = 1UL << 7;
    private const ulong InnerShareable = 3UL << 8;
    private const ulong AccessFlag = 1UL << 10;
    private const ulong NotGlobal = 1UL << 11;
    private const ulong ExecuteNever = 3UL << 53;

    /// <inheritdoc/>
    public static int MaximumRootPages => 1;

    /// <summary>Stage 1 has no write-only pages: such attributes are refused, not widened.</summary>
    /// <inheritdoc/>
    public static bool TryEncode(PageAttributes attributes, out ulong bits)
    {
        bits = AccessFlag | NotGlobal | Unprivileged | ((ulong)attributes.Type << 2);
        bits |= attributes.Type <= MemoryType.NormalUncached ? InnerShareable : 0;
        bits |= (attributes.Access & PageAccess.Write) == 0 ? ReadOnly : 0;
        bits |= (attributes.Access & PageAccess.Execute) == 0 ? ExecuteNever : 0;
        return (attributes.Access & PageAccess.Read) != 0;
    }

    /// <inheritdoc/>
    public static PageAttributes Decode(ulong descriptor)
    {
        PageAccess access = PageAccess.Read
            | ((descriptor & ReadOnly) == 0 ? PageAccess.Write : 0)
            | ((descriptor & ExecuteNever) == 0 ? PageAccess.Execute : 0);
        return new PageAttributes(access, (MemoryType)((descriptor >> 2) & 3));
    }
}
