namespace Sluice.Runtime.Interrupts;

/// <summary>That messages were lost, as far as it can be known.</summary>
/// <param name="losses">How often the FIFO was found to have overflowed, since the start.</param>
/// <param name="offender">Who sent most of what arrived before the last time, and how much of it.</param>
public readonly struct MsiLoss(uint losses, RequesterCount offender)
{
    /// <summary>How often the FIFO was found to have overflowed, since the start. Each time, every vector that is not masked was raised once.</summary>
    public uint Losses { get; } = losses;

    /// <summary>Who sent most of what arrived before the last time, and how much of it; count 0 when nobody stands out.</summary>
    public RequesterCount Offender { get; } = offender;
}
