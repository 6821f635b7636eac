using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Why a finally block runs, and so where control goes after it. The block is run apart for each.</summary>
internal sealed class FinallyContext
{
    public FinallyContext(FinallyContext? outer, ControlFlowRegion region, ImmutableArray<ControlFlowRegion> rest, BasicBlock? destination)
    {
        Outer = outer;
        Region = region;
        Rest = rest;
        Destination = destination;
    }

    /// <summary>The context around it; null outside of every finally block.</summary>
    public FinallyContext? Outer { get; }

    public ControlFlowRegion Region { get; }

    /// <summary>The finally blocks that run after this one.</summary>
    public ImmutableArray<ControlFlowRegion> Rest { get; }

    /// <summary>Where control goes after all of them; null when an exception passes through.</summary>
    public BasicBlock? Destination { get; }
}
