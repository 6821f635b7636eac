namespace Sluice.Registers.Description;

/// <summary>The words of CMSIS-SVD 1.3.</summary>
internal static class SvdWords
{
    /// <summary>In the order of <see cref="FieldAccess"/>.</summary>
    public static readonly WordList Access = new(
        ["read-write", "read-only", "write-only", "writeOnce", "read-writeOnce"],
        ("write", "write-only"),
        ("read", "read-only"))
    {
        Vendors = [("rw", "read-write"), ("ro", "read-only"), ("r", "read-only"), ("wo", "write-only"), ("w", "write-only")],
    };

    /// <summary>In the order of <see cref="WriteAction"/>, from its second member on.</summary>
    public static readonly WordList ModifiedWriteValues = new(
        ["oneToClear", "oneToSet", "oneToToggle", "zeroToClear", "zeroToSet", "zeroToToggle", "clear", "set", "modify"]);

    /// <summary>In the order of <see cref="ReadAction"/>, from its second member on.</summary>
    public static readonly WordList ReadActions = new(["clear", "set", "modify", "modifyExternal"]);

    /// <summary>In the order of <see cref="ValueUsage"/>.</summary>
    public static readonly WordList Usage = new(["read-write", "read", "write"]);

    public static readonly WordList BlockUsage = new(["registers", "buffer", "reserved"]);

    /// <summary>In the order of <see cref="Description.Protection"/>, from its second member on.</summary>
    public static readonly WordList Protection = new(["s", "n", "p"]);

    public static readonly WordList SauAccess = new(["c", "n"]);

    public static readonly WordList Endian = new(["little", "big", "selectable", "other"]);

    public static readonly WordList DataTypes = new(
    [
        "uint8_t", "uint16_t", "uint32_t", "uint64_t", "int8_t", "int16_t", "int32_t", "int64_t",
        "uint8_t *", "uint16_t *", "uint32_t *", "uint64_t *", "int8_t *", "int16_t *", "int32_t *", "int64_t *",
    ]);
}
