using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>A fix that leaves the method before a value is used that does not pass a check.</summary>
public abstract class GuardCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics) => await GuardAll(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null && model is not null && Guard(root, model, diagnostic, context.CancellationToken) is not null)
            {
                CodeAction action = CodeAction.Create(Title, token => GuardAll(context.Document, [diagnostic], token), GetType().Name);
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    /// <summary>What the fix is called in an editor.</summary>
    private protected abstract string Title { get; }

    /// <summary>The use of the value and the condition under which it must not be used, as C#; null where no check can stand.</summary>
    private protected abstract (ExpressionSyntax Use, IdentifierNameSyntax Value, string Refused)? Check(
        ExpressionSyntax reported, SemanticModel model, CancellationToken cancellationToken);

    private (StatementSyntax Statement, StatementSyntax Guard)? Guard(SyntaxNode root, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node is not ExpressionSyntax reported
            || Check(reported, model, cancellationToken) is not { } check
            || StatementGuard.StatementOf(check.Use, check.Value) is not { } statement
            || StatementGuard.LeaveBefore(statement, model, cancellationToken) is not { } leave)
        {
            return null;
        }

        SourceLayout layout = SourceLayout.Of(statement);
        string text = layout.Lines("if (" + check.Refused + ")", "{", "\t" + leave.NormalizeWhitespace(), "}");
        StatementSyntax guard = SyntaxFactory.ParseStatement(text)
            .WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent))
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(layout.NewLine), SyntaxFactory.EndOfLine(layout.NewLine));
        return (statement, guard);
    }

    private async Task<Document> GuardAll(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        HashSet<(StatementSyntax Statement, string Guard)> known = new();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan))
        {
            if (Guard(editor.OriginalRoot, editor.SemanticModel, diagnostic, cancellationToken) is { } found
                && known.Add((found.Statement, found.Guard.ToString())))
            {
                editor.InsertBefore(found.Statement, found.Guard);
            }
        }

        return editor.GetChangedDocument();
    }
}
