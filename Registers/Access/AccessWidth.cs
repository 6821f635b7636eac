namespace Sluice.Registers;

/// <summary>How wide an access is; the value is the number of bytes.</summary>
public enum AccessWidth : byte
{
    /// <summary>One byte.</summary>
    Byte = 1,

    /// <summary>Two bytes.</summary>
    HalfWord = 2,

    /// <summary>Four bytes.</summary>
    Word = 4,

    /// <summary>Eight bytes.</summary>
    DoubleWord = 8,
}
