using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>Swaps an offset and a value that stand in each other's place.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwapArgumentsCodeFix))]
[Shared]
public sealed class SwapArgumentsCodeFix : CodeFixProvider
{
    private const string Title = "Swap the arguments";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.SwappedOffsetAndValue];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null
                && ArgumentAt(root, diagnostic.Location) is { } place
                && diagnostic.AdditionalLocations.FirstOrDefault() is { } other
                && ArgumentAt(root, other) is { } value)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, token => Swap(context.Document, place.Expression, value.Expression, token), nameof(SwapArgumentsCodeFix)), diagnostic);
            }
        }
    }

    private static ArgumentSyntax? ArgumentAt(SyntaxNode root, Location location)
        => root.FindNode(location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<ArgumentSyntax>();

    private static async Task<Document> Swap(Document document, ExpressionSyntax first, ExpressionSyntax second, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        Dictionary<SyntaxNode, SyntaxNode> swapped = new() { [first] = second.WithTriviaFrom(first), [second] = first.WithTriviaFrom(second) };
        return document.WithSyntaxRoot(root.ReplaceNodes(swapped.Keys, (original, _) => swapped[original]));
    }
}
