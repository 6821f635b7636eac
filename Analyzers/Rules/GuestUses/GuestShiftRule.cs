using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>SLU2007: a guest's value says how far to shift.</summary>
internal static class GuestShiftRule
{
    public static DiagnosticDescriptor Descriptor { get; } = GuestUseDescriptor.Of(
        RuleIds.GuestValueAsShiftCount,
        "Guest-controlled value used as a shift count",
        "'{0}' is controlled by a guest and is used as a shift count with no bound: a count beyond the width wraps around",
        DiagnosticSeverity.Warning);

    public static bool Refuses(TrackedValue value, IntegerType type) => !type.IsBounded(value.Bounds);
}
