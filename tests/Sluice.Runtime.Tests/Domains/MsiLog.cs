using System;
using System.Collections.Generic;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>The vectors of a controller that keeps a log, what it promises, and which allocation is to fail.</summary>
public sealed class MsiLog
{
    public VectorTable Table;

    public MsiAbilities Abilities { get; set; } = MsiAbilities.ReportsRequester | MsiAbilities.IsolatesRequesters | MsiAbilities.MasksVectors;

    public HashSet<uint> Masked { get; } = [];

    public List<MsiRequest> Requests { get; } = [];

    public bool FailsAllocation { get; set; }

    /// <summary>Called with what is done: "allocate" or "free".</summary>
    public Action<string>? Begins { get; set; }
}
