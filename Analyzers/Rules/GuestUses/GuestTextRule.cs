using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>SLU2011: a guest's text becomes part of a log, or a format.</summary>
internal static class GuestTextRule
{
    public static DiagnosticDescriptor Descriptor { get; } = GuestUseDescriptor.Of(
        RuleIds.GuestTextInLog,
        "Guest-controlled text reaches a log",
        "'{0}' is text that a guest controls and becomes part of a log's format or message: pass it as an argument, escaped, or leave it out",
        DiagnosticSeverity.Warning);

    public static bool Refuses(GuestUsePolicy policy, ISymbol sink, ITypeSymbol? type)
        => (type is { SpecialType: SpecialType.System_String } || Structure.IsHandler(type))
        && sink is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
        && TakesText(parameter)
        && !policy.IsMarked(parameter)
        && (policy.Logs.Has(method) || IsFormat(parameter));

    /// <summary>Whether a text arrives that becomes, or is built for, a string.</summary>
    public static bool TakesText(ISymbol sink) => sink is IParameterSymbol { Type: var type } && (type.SpecialType == SpecialType.System_String || Structure.IsHandler(type));

    /// <summary>Whether .NET takes what arrives for a format: braces in it ask for arguments that are not there.</summary>
    private static bool IsFormat(IParameterSymbol parameter)
        => parameter is { Name: "format", ContainingSymbol: IMethodSymbol { Name: "Format" or "AppendFormat", ContainingType: { Name: "String" or "StringBuilder" } type } } && type.ContainingNamespace.Name is "System" or "Text";
}
