using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>SLU2023: a guest's number is handed to a parameter of which nothing is said.</summary>
internal static class GuestBoundaryRule
{
    public static DiagnosticDescriptor Descriptor { get; } = GuestUseDescriptor.Of(
        RuleIds.UnmarkedParameter,
        "Guest-controlled value handed to an unmarked parameter",
        "'{0}' is controlled by a guest and is handed to '{1}', where nothing is known of it any more: mark the parameter [GuestControlled], or bound the value first",
        DiagnosticSeverity.Info);

    /// <summary>Whether a number arrives at a parameter of the project's own of which nothing is said: there it would be taken for a trusted one.</summary>
    public static bool IsNumber(ISymbol sink)
        => sink is IParameterSymbol parameter && IntegerType.Of(parameter.OriginalDefinition.Type).Width != 0 && parameter.OriginalDefinition.Type.TypeKind != TypeKind.Enum;

    public static bool Refuses(GuestUsePolicy policy, ISymbol sink, TrackedValue value, ITypeSymbol? type)
        => !IntegerType.Of(type).IsBounded(value.Bounds)
        && sink is IParameterSymbol { RefKind: not RefKind.Out, ContainingSymbol: IMethodSymbol { DeclaringSyntaxReferences.Length: > 0 } method } parameter
        && IsNumber(parameter)
        && !policy.IsMarked(parameter)
        && !policy.IsMarked(method)
        && !policy.Logs.Has(method)
        && policy.Unannotated.Contains(method);
}
