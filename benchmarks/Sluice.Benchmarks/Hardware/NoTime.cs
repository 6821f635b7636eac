using Sluice.Registers;

namespace Sluice.Benchmarks.Hardware;

/// <summary>What is waited for is there at once.</summary>
internal readonly struct NoTime : IClock
{
    public ulong Microseconds => 0;
}
