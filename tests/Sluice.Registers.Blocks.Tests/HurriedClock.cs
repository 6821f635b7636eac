using System.Threading;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>A clock in whose time every look costs an hour: what is waited for is there at once, or never.</summary>
internal readonly struct HurriedClock : IClock
{
    private static ulong s_now;

    public ulong Microseconds => Interlocked.Add(ref s_now, 3_600_000_000);
}
