namespace Sluice.Benchmarks.Dispatch;

/// <summary>The masks of the eight kinds of word in Maps/, typed a second time by hand for the contenders that are not generated.</summary>
/// <param name="Readable">Bits that a read shows.</param>
/// <param name="Writable">Bits that take the value written.</param>
/// <param name="OneToClear">W1C bits.</param>
public readonly record struct WordKind(uint Readable, uint Writable, uint OneToClear)
{
    /// <summary>How many kinds there are; the last has a hook.</summary>
    public const int Count = 8;

    /// <summary>The kind of a word, by its place in the channel.</summary>
    public static WordKind Of(uint word) => (word % Count) switch
    {
        0 or 7 => new(0xFFFF_FFFF, 0xFFFF_FFFF, 0),
        1 => new(0xFFFF_FFFF, 0x0000_FFFF, 0),
        2 => new(0x0000_FFFF, 0x0000_FF00, 0x0000_00FF),
        3 => new(0xFFFF_FFFF, 0, 0),
        4 => new(0x0000_FFFF, 0x0000_FFFF, 0),
        5 => new(0xFFFF_FFFF, 0, 0x0000_FFFF),
        _ => new(0x00FF_FFFF, 0x00FF_FFFF, 0),
    };
}
