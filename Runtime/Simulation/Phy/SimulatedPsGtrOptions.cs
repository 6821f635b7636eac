using System.Collections.Generic;

namespace Sluice.Simulation.Phy;

/// <summary>Which transceivers, and how they misbehave.</summary>
public sealed record SimulatedPsGtrOptions
{
    /// <summary>Hertz of the clock at each of the four inputs; 0 where none is connected. Those of the ZCU102 unless said.</summary>
    public IReadOnlyList<uint> Clocks { get; init; } = [100_000_000, 125_000_000, 26_000_000, 27_000_000];

    /// <summary>Microseconds until a PLL locks, once everything it needs is there.</summary>
    public ulong LockMicroseconds { get; init; } = 100;

    /// <summary>Microseconds that the calibration takes.</summary>
    public ulong CalibrationMicroseconds { get; init; } = 50;

    /// <summary>Lanes whose PLL never locks, a bit each.</summary>
    public uint NeverLocks { get; init; }

    /// <summary>Whether the calibration never ends.</summary>
    public bool NeverCalibrates { get; init; }

    /// <summary>The code of the termination that is measured, six bits.</summary>
    public uint Termination { get; init; } = 0x2B;

    /// <summary>The codes that one calibration after the other measures, from the first again after the last: of the drivers to either side, of the bias, of the receiver.</summary>
    public IReadOnlyList<(uint Positive, uint Negative, uint Bias, uint Receiver)> Codes { get; init; } = [(0x30, 0x31, 0x0F, 0x09)];

    /// <summary>
    /// Whether steps in a wrong order are refused: a lane's clock and PLL change only while nothing is led to the lane, and a lane is led to a controller only while that is in reset.
    /// Otherwise any order is as good.
    /// </summary>
    public bool IsStrict { get; init; }
}
