namespace Sluice.TrapCost;

/// <summary>What one round trip costs, in instructions, the guest's own instruction included.</summary>
internal readonly struct Costs
{
    /// <summary>Of the counter's ticks for the empty loop and for the three loops with a trap.</summary>
    public Costs(ulong empty, ulong read, ulong write, ulong call)
    {
        Read = PerTrap(read - empty);
        Write = PerTrap(write - empty);
        Call = PerTrap(call - empty);
    }

    public ulong Read { get; }

    public ulong Write { get; }

    public ulong Call { get; }

    private static ulong PerTrap(ulong ticks)
    {
        // 62.5 MHz: 16 instructions a tick.
        return ((ticks * 16) + (Payload.Count / 2)) / Payload.Count;
    }
}
