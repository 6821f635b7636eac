using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>SLU2006: a guest's value says how much memory to take. What fits a byte is small enough.</summary>
internal static class GuestAllocationRule
{
    public static DiagnosticDescriptor Descriptor { get; } = GuestUseDescriptor.Of(
        RuleIds.GuestValueAsAllocationSize,
        "Guest-controlled value sizes an allocation",
        "'{0}' is controlled by a guest and says how much memory to take, with no bound: compare it with a trusted value first",
        DiagnosticSeverity.Error);

    public static bool Refuses(TrackedValue value, IntegerType type) => type.Width > 8 && !type.IsBounded(value.Bounds);
}
