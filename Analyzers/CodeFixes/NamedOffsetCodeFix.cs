using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sluice.Analyzers.Rules;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>Writes the name of a register in place of the number of its offset.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NamedOffsetCodeFix))]
[Shared]
public sealed class NamedOffsetCodeFix : CodeFixProvider
{
    private const string Title = "Use the register's name";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.MagicOffset];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax literal
                && diagnostic.Properties.TryGetValue(MagicOffsetAnalyzer.Name, out string? name))
            {
                context.RegisterCodeFix(CodeAction.Create(Title, token => Replace(context.Document, literal, name!, token), nameof(NamedOffsetCodeFix)), diagnostic);
            }
        }
    }

    private static async Task<Document> Replace(Document document, LiteralExpressionSyntax literal, string name, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        return document.WithSyntaxRoot(root.ReplaceNode(literal, SyntaxFactory.ParseExpression(name).WithTriviaFrom(literal)));
    }
}
