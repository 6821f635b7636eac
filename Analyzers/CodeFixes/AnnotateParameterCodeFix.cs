using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>Says of a parameter that what it takes is a guest's, so that the rules follow the value into the method.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AnnotateParameterCodeFix))]
[Shared]
public sealed class AnnotateParameterCodeFix : CodeFixProvider
{
    private const string Title = "Mark the parameter [GuestControlled]";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.UnmarkedParameter];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new AllParameters();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await ParameterFor(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } parameter)
            {
                CodeAction action = CodeAction.Create(Title, token => Mark(context.Document.Project.Solution, [parameter], token), nameof(AnnotateParameterCodeFix));
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    /// <summary>The declaration of the parameter that an argument goes to; null where it cannot be changed.</summary>
    private static async Task<SyntaxReference?> ParameterFor(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode? node = root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node?.FirstAncestorOrSelf<ArgumentSyntax>() is not { } argument || model?.GetOperation(argument, cancellationToken) is not IArgumentOperation { Parameter: { } parameter })
        {
            return null;
        }

        IParameterSymbol declared = parameter.OriginalDefinition;
        if (declared.ContainingSymbol is IMethodSymbol { ReducedFrom: { } extension })
        {
            declared = extension.Parameters[declared.Ordinal + 1];
        }

        return declared.DeclaringSyntaxReferences.FirstOrDefault(reference => document.Project.GetDocument(reference.SyntaxTree) is not null);
    }

    private static async Task<Solution> Mark(Solution solution, IEnumerable<SyntaxReference> parameters, CancellationToken cancellationToken)
    {
        Solution changed = solution;
        foreach (IGrouping<SyntaxTree, SyntaxReference> file in parameters.GroupBy(parameter => parameter.SyntaxTree))
        {
            SyntaxNode root = await file.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
            IEnumerable<SyntaxNode> nodes = file.Select(reference => reference.Span).Distinct().Select(span => root.FindNode(span)).OfType<ParameterSyntax>();
            SyntaxNode marked = root.ReplaceNodes(nodes, (_, node) => Marked((ParameterSyntax)node));
            if (solution.GetDocument(file.Key) is { } document)
            {
                changed = changed.WithDocumentSyntaxRoot(document.Id, marked);
            }
        }

        return changed;
    }

    private static ParameterSyntax Marked(ParameterSyntax parameter)
    {
        NameSyntax name = SyntaxFactory.ParseName("Sluice.Registers.GuestControlled").WithAdditionalAnnotations(Simplifier.Annotation);
        AttributeListSyntax mark = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithLeadingTrivia(parameter.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.Space);
        return parameter.WithoutLeadingTrivia().WithAttributeLists(parameter.WithoutLeadingTrivia().AttributeLists.Insert(0, mark));
    }

    /// <summary>One parameter takes the values of many calls, and is marked once.</summary>
    private sealed class AllParameters : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            List<SyntaxReference> parameters = [];
            IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
            foreach (Document document in context.Document is { } only && context.Scope == FixAllScope.Document ? [only] : projects.SelectMany(project => project.Documents))
            {
                foreach (Diagnostic diagnostic in await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false))
                {
                    if (await ParameterFor(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } parameter)
                    {
                        parameters.Add(parameter);
                    }
                }
            }

            return parameters.Count == 0 ? null : CodeAction.Create(Title, token => Mark(context.Solution, parameters, token), nameof(AnnotateParameterCodeFix));
        }
    }
}
