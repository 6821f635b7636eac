namespace Sluice.Registers;

/// <summary>The order of the values in one entry of <see cref="IRegisterTables.Effects"/>.</summary>
public static class WriteEffects
{
    /// <summary>Number of values in an entry.</summary>
    public const int EntryLength = 13;

    /// <summary>Write one to set.</summary>
    public const int OneToSet = 0;

    /// <summary>Write one to toggle.</summary>
    public const int OneToToggle = 1;

    /// <summary>Write zero to clear.</summary>
    public const int ZeroToClear = 2;

    /// <summary>Write zero to set.</summary>
    public const int ZeroToSet = 3;

    /// <summary>Write zero to toggle.</summary>
    public const int ZeroToToggle = 4;

    /// <summary>Any write to the lane clears.</summary>
    public const int AnyClears = 5;

    /// <summary>Any write to the lane sets.</summary>
    public const int AnySets = 6;

    /// <summary>Reading the lane clears.</summary>
    public const int ReadClears = 7;

    /// <summary>Reading the lane sets.</summary>
    public const int ReadSets = 8;

    /// <summary>Writable until the first write to the lane. The bits are also in the writable mask.</summary>
    public const int WriteOnce = 9;

    /// <summary>The slot that remembers which write-once bits have been written.</summary>
    public const int WriteOnceSlot = 10;

    /// <summary>Where the word's first gate begins in <see cref="IRegisterTables.Effects"/>, see <see cref="WordGates"/>.</summary>
    public const int GatesStart = 11;

    /// <summary>How many gates the word has.</summary>
    public const int GateCount = 12;
}
