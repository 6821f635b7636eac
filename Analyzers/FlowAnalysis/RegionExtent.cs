using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Where a region lies in its graph.</summary>
internal static class RegionExtent
{
    public static bool IsIn(this BasicBlock block, ControlFlowRegion region) => block.Ordinal >= region.FirstBlockOrdinal && block.Ordinal <= region.LastBlockOrdinal;
}
