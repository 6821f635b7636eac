using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>Compares a guest's index with the length of what it indexes, and leaves the method where it is beyond.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BoundsCheckCodeFix))]
[Shared]
public sealed class BoundsCheckCodeFix : GuardCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.GuestValueAsIndex];

    private protected override string Title => "Check the bounds and return";

    private protected override (ExpressionSyntax Use, IdentifierNameSyntax Value, string Refused)? Check(
        ExpressionSyntax reported, SemanticModel model, CancellationToken cancellationToken)
    {
        ExpressionSyntax index = reported;
        while (index.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            index = (ExpressionSyntax)index.Parent;
        }

        if (index.Parent is not ArgumentSyntax { Parent: BracketedArgumentListSyntax { Arguments.Count: 1, Parent: ElementAccessExpressionSyntax access } }
            || StatementGuard.VariableIn(index, model, cancellationToken) is not { } value
            || LengthOf(access.Expression, model, cancellationToken) is not { } length
            || IntegerType.Of(model.GetTypeInfo(value, cancellationToken).Type) is not { Width: not 0 } type)
        {
            return null;
        }

        // One comparison without a sign is enough for both ends; what is unsigned already is compared as it is.
        string unsigned = type.Width == 64 ? "ulong" : "uint";
        string compared = type.IsSigned ? "(" + unsigned + ")" + value.Identifier.Text : value.Identifier.Text;
        return (access, value, compared + " >= " + (char.IsDigit(length[0]) ? length : "(" + unsigned + ")" + length));
    }

    /// <summary>How the length of something is written that is the same when it is named twice; null for anything else.</summary>
    private static string? LengthOf(ExpressionSyntax container, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!IsName(container, model, cancellationToken) || model.GetTypeInfo(container, cancellationToken).Type is not { } type)
        {
            return null;
        }

        if (type is IArrayTypeSymbol { Rank: 1 } || type.SpecialType == SpecialType.System_String)
        {
            return container + ".Length";
        }

        AttributeData? inline = type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { Name: "InlineArrayAttribute" });
        if (inline?.ConstructorArguments.FirstOrDefault().Value is int elements)
        {
            return elements.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return type switch
        {
            { Name: "Span" or "ReadOnlySpan" or "ImmutableArray", ContainingNamespace: { } space } when IsSystem(space) => container + ".Length",
            { Name: "List" or "IList" or "IReadOnlyList", ContainingNamespace: { } space } when IsSystem(space) => container + ".Count",
            _ => null,
        };
    }

    private static bool IsName(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) => expression switch
    {
        IdentifierNameSyntax => model.GetSymbolInfo(expression, cancellationToken).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol,
        ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax member => model.GetSymbolInfo(member, cancellationToken).Symbol is IFieldSymbol or IPropertySymbol
            && (IsName(member.Expression, model, cancellationToken) || model.GetSymbolInfo(member.Expression, cancellationToken).Symbol is INamedTypeSymbol),
        _ => false,
    };

    private static bool IsSystem(INamespaceSymbol space)
    {
        while (!space.ContainingNamespace.IsGlobalNamespace)
        {
            space = space.ContainingNamespace;
        }

        return space.Name == "System";
    }
}
