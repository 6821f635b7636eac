namespace Sluice.Registers;

/// <summary>
/// The layout of one gate: what a word's bits depend on beyond the access itself. The gates of a word are consecutive rows of
/// <see cref="IRegisterTables.Effects"/>, behind its entries.
/// </summary>
public static class WordGates
{
    /// <summary>Number of values in a row.</summary>
    public const int RowLength = 5;

    /// <summary>The bits of the word that the gate is about.</summary>
    public const int Bits = 0;

    /// <summary>What the gate does: a kind, and flags.</summary>
    public const int Kind = 1;

    /// <summary>The slot that is asked; for halves of a 64-bit register, where their four words of memory begin.</summary>
    public const int Slot = 2;

    /// <summary>The bits of it that are asked; the widths that are permitted; for halves, the slot of the other half.</summary>
    public const int Mask = 3;

    /// <summary>What these bits must be.</summary>
    public const int Value = 4;

    /// <summary>The part of a kind that is no flag.</summary>
    public const uint KindMask = 0xF;

    /// <summary>Writes act while the condition holds.</summary>
    public const uint WriteEnable = 0;

    /// <summary>The register is there while the condition holds.</summary>
    public const uint Presence = 1;

    /// <summary>Accesses of other widths find nothing.</summary>
    public const uint WidthsOrAbsent = 2;

    /// <summary>Accesses of other widths read zero and write nothing.</summary>
    public const uint WidthsOrZero = 3;

    /// <summary>The half of a 64-bit register that must be accessed first.</summary>
    public const uint FirstHalf = 4;

    /// <summary>The half that must be accessed second: the one that completes the access.</summary>
    public const uint SecondHalf = 5;

    /// <summary>The condition holds while the bits are anything else.</summary>
    public const uint Negated = 1 << 4;

    /// <summary>The gate is about a whole register: when it is closed, nobody is told of the write.</summary>
    public const uint Whole = 1 << 5;

    /// <summary>What a read of the first half shows of the second.</summary>
    public const int HeldRead = 0;

    /// <summary>What was written to the first half and waits.</summary>
    public const int HeldWrite = 1;

    /// <summary>Bits 3:0: the lanes that wait; bits 7:4: the lanes of the first half that the last write of the second took along; bit 8: a read is held.</summary>
    public const int HeldLanes = 2;

    /// <summary>What was stored in the first half before the second took it along.</summary>
    public const int FirstBefore = 3;

    /// <summary>How many words of memory the halves of a register have.</summary>
    public const int HalvesLength = 4;

    /// <summary>The bit of <see cref="HeldLanes"/> that says that a read is held.</summary>
    public const uint ReadIsHeld = 1 << 8;
}
