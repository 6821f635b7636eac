using System;
using System.Collections.Generic;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What was done to streams, and which step is to fail.</summary>
public sealed class IsolationLog
{
    public List<string> Steps { get; } = [];

    public HashSet<uint> Attached { get; } = [];

    /// <summary>Whose memory a stream reaches.</summary>
    public Dictionary<uint, OwnerId> Reaches { get; } = [];

    /// <summary>Each stream that was quarantined, and whose it was said to be.</summary>
    public List<(uint Stream, OwnerId Owner)> Closed { get; } = [];

    public bool FailsQuarantine { get; set; }

    public bool FailsAttach { get; set; }

    /// <summary>Whether one step fails: asked with its text before it is done.</summary>
    public Func<string, bool>? Fails { get; set; }

    /// <summary>Called before each step.</summary>
    public Action<string>? Begins { get; set; }

    internal bool Begin(string step)
    {
        Begins?.Invoke(step);
        Steps.Add(step);
        return Fails?.Invoke(step) != true;
    }
}
