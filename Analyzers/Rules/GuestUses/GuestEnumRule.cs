using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>SLU2010: a guest's number is passed on as a member of an enum.</summary>
internal static class GuestEnumRule
{
    public static DiagnosticDescriptor Descriptor { get; } = GuestUseDescriptor.Of(
        RuleIds.GuestValueAsEnum,
        "Guest-controlled value taken for a member of an enum",
        "'{0}' is controlled by a guest and is passed on as a member of an enum, which it need not be: test it first",
        DiagnosticSeverity.Warning);

    /// <summary>Whether a value arrives where only an enum's members are expected: tested before, it is one of them; flags have no members to be one of.</summary>
    public static bool Refuses(GuestUsePolicy policy, ISymbol sink, TrackedValue value, ITypeSymbol? type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Enum }
        && !IntegerType.Of(type).IsBounded(value.Bounds)
        && !policy.IsMarked(sink)
        && !HasFlags(type)
        && sink switch
        {
            IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
                => Is(parameter.OriginalDefinition.Type, type) && !policy.Sanitizes(method) && method.MethodKind != MethodKind.LocalFunction && !IsOfTheFramework(method),
            IPropertySymbol property => Is(property.Type, type) && RegisterTypes.Find(property, policy.Types.FieldBits) is null,
            IFieldSymbol field => Is(field.Type, type),
            IMethodSymbol returning => Is(returning.ReturnType, type) && returning.MethodKind != MethodKind.LocalFunction && returning.MethodKind != MethodKind.AnonymousFunction,
            ITypeSymbol element => Is(element, type),
            _ => false,
        };

    private static bool Is(ITypeSymbol declared, ITypeSymbol given) => SymbolEqualityComparer.Default.Equals(declared, given);

    private static bool IsOfTheFramework(IMethodSymbol method) => method.ContainingNamespace?.ToDisplayString().StartsWith("System", System.StringComparison.Ordinal) == true;

    private static bool HasFlags(ITypeSymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" })
            {
                return true;
            }
        }

        return false;
    }
}
