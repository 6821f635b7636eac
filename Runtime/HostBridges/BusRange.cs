namespace Sluice.Runtime.HostBridges;

/// <summary>Buses that follow one another.</summary>
/// <param name="first">The first one.</param>
/// <param name="last">The last one, included; below <paramref name="first"/> for none.</param>
public readonly struct BusRange(uint first, int last)
{
    /// <summary>The first one.</summary>
    public uint First { get; } = first;

    /// <summary>The last one, included; below <see cref="First"/> for none.</summary>
    public int Last { get; } = last;
}
