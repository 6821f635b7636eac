namespace Sluice.Registers.Description;

/// <summary>Arrays that are too long for a view to keep a word for each element. Their elements share one slot, so that a view can only pass accesses on.</summary>
public static class LongArrays
{
    /// <summary>How many words an array may have for a view to keep its state.</summary>
    public const uint MostWords = 4096;

    // What repeats itself in an array: as many elements as make whole words.
    private const uint LongestUnit = 64;

    /// <summary>Whether a register is such an array.</summary>
    /// <param name="register">The register.</param>
    public static bool IsLong(RegisterModel register)
        => register.Dimension.IsArray && (ulong)register.Dimension.Count * (register.WidthBits == 64 ? 2u : 1u) > MostWords;

    /// <summary>The bytes after which such an array looks the same again: its stride, or as many strides as make whole words.</summary>
    /// <param name="dimension">How often the register stands in its block.</param>
    public static uint UnitBytes(RegisterDimension dimension)
        => (dimension.StrideBytes & 3) == 0 ? dimension.StrideBytes : (dimension.StrideBytes & 1) == 0 ? dimension.StrideBytes * 2 : dimension.StrideBytes * 4;

    /// <summary>Whether a view can have such an array: every access of it is answered by something else than state, and its elements lie alike.</summary>
    /// <param name="register">The register.</param>
    /// <param name="policy">How the view treats it.</param>
    public static bool IsServed(RegisterModel register, PolicyModel policy)
    {
        RegisterDimension dimension = register.Dimension;
        bool isRegular = (dimension.StrideBytes & 3) == 0
            || ((register.Offset & 3) == 0 && UnitBytes(dimension) <= LongestUnit && ((ulong)dimension.Count * dimension.StrideBytes) % UnitBytes(dimension) == 0);
        bool isStateless = register.Order is not (WideOrder.LowFirst or WideOrder.HighFirst) && register.Fifo == FifoKind.None
            && register.Window is null && register.ElementResets.Count == 0;
        bool isAnswered = policy.HooksRead || (register.Masks.Readable & policy.Visible) == 0;
        bool isTaken = policy.HooksWrite || (register.Masks.Writable & policy.Writable) == 0;
        return isRegular && isStateless && (policy.Kind is PolicyKind.Constant or PolicyKind.Passthrough || (policy.Kind == PolicyKind.Hooked && isAnswered && isTaken));
    }
}
