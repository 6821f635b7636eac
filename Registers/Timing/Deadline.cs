namespace Sluice.Registers;

/// <summary>A moment after which waiting ends. Bounds are in time, not in number of reads: a read may cost a nanosecond or a socket round trip.</summary>
public readonly struct Deadline
{
    private readonly ulong _start;
    private readonly ulong _length;

    private Deadline(ulong start, ulong length)
    {
        _start = start;
        _length = length;
    }

    /// <summary>The deadline that lies <paramref name="microseconds"/> after now.</summary>
    public static Deadline After<TClock>(in TClock clock, ulong microseconds)
        where TClock : struct, IClock => new(clock.Microseconds, microseconds);

    /// <summary>Whether the moment has passed. Look at the condition once more after this says so: the wait itself may have been interrupted.</summary>
    public bool HasPassed<TClock>(in TClock clock)
        where TClock : struct, IClock => clock.Microseconds - _start > _length;
}
