using System;
using System.Collections.Generic;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>What a driver writes to the registers of a machine, and what a test makes of it: writes that are lost, answers that are others.</summary>
internal sealed class BusWatch
{
    public List<(ulong Address, ulong Value)> Writes { get; } = [];

    public HashSet<ulong> Read { get; } = [];

    public Func<ulong, bool>? Loses { get; set; }

    public Func<ulong, ulong, ulong>? Answers { get; set; }
}
