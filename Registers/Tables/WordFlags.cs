namespace Sluice.Registers;

/// <summary>The fourth table entry of a word. Zero means that the word is plain: the masks say everything.</summary>
public static class WordFlags
{
    /// <summary>Bits 9:0: the word's hook, counted from 1.</summary>
    public const uint HookMask = 0x3FF;

    /// <summary>Bits 19:10: the word's entry in the effects table, counted from 1.</summary>
    public const uint EffectsMask = 0x3FF << EffectsShift;

    /// <summary>Where the effects entry begins.</summary>
    public const int EffectsShift = 10;

    /// <summary>Bits 23:20: lanes whose reads are denied.</summary>
    public const int ReadDeniedShift = 20;

    /// <summary>Bits 27:24: lanes whose writes are denied.</summary>
    public const int WriteDeniedShift = 24;

    /// <summary>Bit 28: the hook wants reads.</summary>
    public const uint HookReads = 1u << 28;

    /// <summary>Bit 29: the hook wants writes.</summary>
    public const uint HookWrites = 1u << 29;

    /// <summary>Bit 30: the masks do not say everything about a read: it has effects, a hook or denied lanes.</summary>
    public const uint SpecialReads = 1u << 30;

    /// <summary>Bit 31: the masks do not say everything about a write.</summary>
    public const uint SpecialWrites = 1u << 31;
}
