using System.Collections.Generic;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What was done to streams, and which step is to fail.</summary>
public sealed class IsolationLog
{
    public List<string> Steps { get; } = [];

    public HashSet<uint> Attached { get; } = [];

    public bool FailsQuarantine { get; set; }

    public bool FailsAttach { get; set; }
}
