namespace Sluice.Runtime.Memory;

/// <summary>Stage-2 leaf descriptors: S2AP at 7:6, MemAttr at 5:2, SH at 9:8, AF at 10, XN at 54 (Arm ARM, D8.3.2, stage 2 attributes).</summary>
public readonly struct Stage2Format : IDescriptorFormat
{
    private const ulong AccessFlag = 1UL << 10;
    private const ulong InnerShareable = 3UL << 8;
    private const ulong Readable = 1UL << 6;
    private const ulong Writable = 1UL << 7;
    private const ulong ExecuteNever = 1UL << 54;

    /// <inheritdoc/>
    public static int MaximumRootPages => 16;

    /// <inheritdoc/>
    public static bool TryEncode(PageAttributes attributes, out ulong bits)
    {
        bits = AccessFlag | attributes.Type switch
        {
            MemoryType.Normal => (0xFUL << 2) | InnerShareable,
            MemoryType.NormalUncached => (0x5UL << 2) | InnerShareable,
            MemoryType.Device => 0x1UL << 2,
            _ => 0,
        };
        bits |= (attributes.Access & PageAccess.Read) != 0 ? Readable : 0;
        bits |= (attributes.Access & PageAccess.Write) != 0 ? Writable : 0;
        bits |= (attributes.Access & PageAccess.Execute) == 0 ? ExecuteNever : 0;
        return attributes.Access != PageAccess.None;
    }

    /// <inheritdoc/>
    public static PageAttributes Decode(ulong descriptor)
    {
        PageAccess access = ((descriptor & Readable) != 0 ? PageAccess.Read : 0)
            | ((descriptor & Writable) != 0 ? PageAccess.Write : 0)
            | ((descriptor & ExecuteNever) == 0 ? PageAccess.Execute : 0);
        MemoryType type = ((descriptor >> 2) & 0xF) switch
        {
            0xF => MemoryType.Normal,
            0x5 => MemoryType.NormalUncached,
            0x1 => MemoryType.Device,
            _ => MemoryType.DeviceStrict,
        };
        return new PageAttributes(access, type);
    }
}
