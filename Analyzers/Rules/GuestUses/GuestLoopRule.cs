using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>SLU2005: a guest's value says how often a loop runs. A negative count runs none, and what fits a byte runs it 255 times at most.</summary>
internal static class GuestLoopRule
{
    public static DiagnosticDescriptor Descriptor { get; } = GuestUseDescriptor.Of(
        RuleIds.GuestValueAsLoopBound,
        "Guest-controlled value bounds a loop",
        "'{0}' is controlled by a guest and says how often this loop runs, with no bound: compare it with a trusted value first",
        DiagnosticSeverity.Error);

    public static bool Refuses(TrackedValue value, IntegerType type) => type.Width > 8 && (value.Bounds & Bounds.Upper) == 0;
}
