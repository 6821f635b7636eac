using System.Diagnostics;
using Sluice.Registers;

namespace Sluice.Hosting;

/// <summary>The time of this process, for bounded waits.</summary>
public readonly struct SystemClock : IClock
{
    /// <inheritdoc/>
    public ulong Microseconds => (ulong)Stopwatch.GetTimestamp() / ((ulong)Stopwatch.Frequency / 1_000_000);
}
