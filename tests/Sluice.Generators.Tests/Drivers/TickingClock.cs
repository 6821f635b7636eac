using System.Collections.Generic;
using Sluice.Registers;

namespace Sluice.Generators.Tests.Drivers;

/// <summary>A clock that moves on by some microseconds each time it is looked at.</summary>
internal readonly struct TickingClock(List<ulong> looks, ulong step) : IClock
{
    public ulong Microseconds
    {
        get
        {
            looks.Add((ulong)looks.Count * step);
            return looks[^1];
        }
    }
}
