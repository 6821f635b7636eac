namespace Sluice.Registers.Description;

/// <summary>What each bit of a register does, by the hardware's description; each write action has its own disjoint mask.</summary>
public sealed record BitMasks
{
    /// <summary>Bits that a read shows.</summary>
    public ulong Readable { get; init; }

    /// <summary>Bits that take the value written (write-once bits among them).</summary>
    public ulong Store { get; init; }

    /// <summary>W1C bits.</summary>
    public ulong OneToClear { get; init; }

    /// <summary>W1S bits.</summary>
    public ulong OneToSet { get; init; }

    /// <summary>W1T bits.</summary>
    public ulong OneToToggle { get; init; }

    /// <summary>W0C bits.</summary>
    public ulong ZeroToClear { get; init; }

    /// <summary>W0S bits.</summary>
    public ulong ZeroToSet { get; init; }

    /// <summary>W0T bits.</summary>
    public ulong ZeroToToggle { get; init; }

    /// <summary>Bits that any write clears.</summary>
    public ulong AnyClears { get; init; }

    /// <summary>Bits that any write sets.</summary>
    public ulong AnySets { get; init; }

    /// <summary>Bits on which a write does something that only the hardware (or a hook) knows.</summary>
    public ulong WriteModifies { get; init; }

    /// <summary>Bits that a read clears.</summary>
    public ulong ReadClears { get; init; }

    /// <summary>Bits that a read sets.</summary>
    public ulong ReadSets { get; init; }

    /// <summary>Bits on which a read does something that only the hardware (or a hook) knows, or that it causes elsewhere.</summary>
    public ulong ReadModifies { get; init; }

    /// <summary>Among <see cref="Store"/>, the bits that only the first write sets.</summary>
    public ulong WriteOnce { get; init; }

    /// <summary>RsvdP bits, and those that are written as read: software writes back what it read, and a view never changes them.</summary>
    public ulong ReservedPreserve { get; init; }

    /// <summary>RsvdZ bits.</summary>
    public ulong ReservedZero { get; init; }

    /// <summary>Bits that survive a reset that is no power-on reset.</summary>
    public ulong Sticky { get; init; }

    /// <summary>Bits on which a write acts in any way.</summary>
    public ulong Writable => Store | WriteEffects;

    /// <summary>Bits on which writing back what was read acts, or may.</summary>
    public ulong WriteEffects
        => OneToClear | OneToSet | OneToToggle | ZeroToClear | ZeroToSet | ZeroToToggle | AnyClears | AnySets | WriteModifies;

    /// <summary>Bits that reading changes.</summary>
    public ulong ReadEffects => ReadClears | ReadSets | ReadModifies;
}
