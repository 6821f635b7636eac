namespace Sluice.Registers;

/// <summary>How a 64-bit register is reached by who drives the hardware.</summary>
public enum RegisterHalves : byte
{
    /// <summary>By one 64-bit access.</summary>
    None = 0,

    /// <summary>By two of 32 bits, the lower half first; the hardware holds the other half in between.</summary>
    LowFirst = 1,

    /// <summary>By two of 32 bits, the upper half first; the hardware holds the other half in between.</summary>
    HighFirst = 2,

    /// <summary>By accesses of 32 bits, and the hardware holds nothing: who reads looks whether the upper half has moved in between.</summary>
    Split = 3,
}
