using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>Asks whether a guest's number is a member of the enum that it is taken for, and leaves the method where it is none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EnumCheckCodeFix))]
[Shared]
public sealed class EnumCheckCodeFix : GuardCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.GuestValueAsEnum];

    private protected override string Title => "Check that it is defined and return";

    private protected override (ExpressionSyntax Use, IdentifierNameSyntax Value, string Refused)? Check(
        ExpressionSyntax reported, SemanticModel model, CancellationToken cancellationToken)
        => StatementGuard.VariableIn(reported, model, cancellationToken) is { } value && model.GetTypeInfo(reported, cancellationToken).Type is { TypeKind: TypeKind.Enum }
        ? (reported, value, "!System.Enum.IsDefined(" + reported.WithoutTrivia() + ")")
        : null;
}
