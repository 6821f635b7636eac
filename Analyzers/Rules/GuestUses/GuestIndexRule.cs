using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>SLU2004: a guest's value says which element is meant, or where a part begins or ends.</summary>
internal static class GuestIndexRule
{
    public static DiagnosticDescriptor Descriptor { get; } = GuestUseDescriptor.Of(
        RuleIds.GuestValueAsIndex,
        "Guest-controlled value used as an index",
        "'{0}' is controlled by a guest and is used as an index, an offset or a length {1}",
        DiagnosticSeverity.Error);

    public static bool Refuses(ValueUse use, TrackedValue value, IntegerType type)
        => use == ValueUse.Element ? (value.Bounds & Bounds.Within) == 0 : !type.IsBounded(value.Bounds);

    /// <summary>What is wrong with the index.</summary>
    public static string FlawOf(ValueUse use)
        => use == ValueUse.Element
        ? "that may be the number of elements itself, one past the last of them: compare it with '<', not with '<='"
        : "with no bound: compare it with the length first";
}
