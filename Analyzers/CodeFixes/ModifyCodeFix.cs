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

/// <summary>Writes what was read back with <c>Modify</c>, which gives the bits on which a write acts the value that changes nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModifyCodeFix))]
[Shared]
public sealed class ModifyCodeFix : CodeFixProvider
{
    private const string Title = "Use Modify";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.ReadModifyWrite];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null && NameOf(root, diagnostic) is { } name)
            {
                context.RegisterCodeFix(CodeAction.Create(Title, token => Replace(context.Document, name, token), nameof(ModifyCodeFix)), diagnostic);
            }
        }
    }

    /// <summary>The name to replace; null when bits are set on purpose, since Modify would drop them.</summary>
    private static SimpleNameSyntax? NameOf(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(ReadModifyWriteAnalyzer.CanModify))
        {
            return null;
        }

        SyntaxNode value = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        InvocationExpressionSyntax? call = value.FirstAncestorOrSelf<ArgumentSyntax>()?.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        return call?.Expression switch
        {
            MemberAccessExpressionSyntax { Name: { Identifier.ValueText: "Write" } member } => member,
            MemberBindingExpressionSyntax { Name: { Identifier.ValueText: "Write" } bound } => bound,
            _ => null,
        };
    }

    private static async Task<Document> Replace(Document document, SimpleNameSyntax name, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        SimpleNameSyntax modify = name.WithIdentifier(SyntaxFactory.Identifier(name.Identifier.LeadingTrivia, "Modify", name.Identifier.TrailingTrivia));
        return document.WithSyntaxRoot(root.ReplaceNode(name, modify));
    }
}
