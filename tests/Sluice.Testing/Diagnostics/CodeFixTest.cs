using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Testing.Compilation;

namespace Sluice.Testing.Diagnostics;

/// <summary>A code fix on a source whose diagnostics are marked.</summary>
/// <param name="Test">The analyzer's test: one C# source.</param>
/// <param name="Provider">The fix.</param>
public sealed record CodeFixTest(AnalyzerTest Test, CodeFixProvider Provider)
{
    /// <summary>
    /// Applies the fix to one diagnostic after the other, and to all at once; both must give the expected source, which compiles and has nothing left
    /// to fix.
    /// </summary>
    /// <param name="expected">The source afterwards.</param>
    public void VerifyFixes(string expected)
    {
        Test.Verify();
        Same(expected, OneByOne());
        Same(expected, AllAtOnce());
        AnalyzerTest afterwards = Test with { Sources = Test.Sources.SetItem(Test.Sources.Keys.Single(), expected) };
        afterwards.Verify();
    }

    /// <summary>The diagnostics are there, and no fix is offered for them.</summary>
    public void VerifyNotOffered()
    {
        Test.Verify();
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, MarkedText.Parse(Test.Sources.Values.Single(), Test.Id).Text);
        foreach (Diagnostic diagnostic in Fixable(document).GetAwaiter().GetResult())
        {
            if (Actions(document, diagnostic) is [CodeAction action, ..])
            {
                throw new UnexpectedDiagnosticsException("A fix is offered: " + action.Title);
            }
        }
    }

    private static void Same(string expected, string actual)
    {
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
        {
            throw new UnexpectedDiagnosticsException("The fixed source is not the expected one:\n" + actual);
        }
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Test",
            "Test",
            LanguageNames.CSharp,
            compilationOptions: TestCompilation.Of([]).Options.WithAllowUnsafe(true),
            parseOptions: TestCompilation.ParseOptions,
            metadataReferences: References.All));
        return workspace.AddDocument(project.Id, "Code.cs", Microsoft.CodeAnalysis.Text.SourceText.From(source));
    }

    private static string TextOf(Document document) => document.GetTextAsync().GetAwaiter().GetResult().ToString();

    private static Document Apply(Document document, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = action.GetOperationsAsync(CancellationToken.None).GetAwaiter().GetResult();
        Solution changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return changed.GetDocument(document.Id)!;
    }

    private string OneByOne()
    {
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, MarkedText.Parse(Test.Sources.Values.Single(), Test.Id).Text);
        for (int round = 0; round < 100; round++)
        {
            (Diagnostic Diagnostic, CodeAction Action)? next = Fixable(document)
                .GetAwaiter()
                .GetResult()
                .SelectMany(diagnostic => Actions(document, diagnostic).Select(action => (diagnostic, action)))
                .Select(pair => ((Diagnostic, CodeAction)?)pair)
                .FirstOrDefault();
            if (next is null)
            {
                return TextOf(document);
            }

            document = Apply(document, next.Value.Action);
        }

        throw new UnexpectedDiagnosticsException("The fix never comes to an end:\n" + TextOf(document));
    }

    private string AllAtOnce()
    {
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, MarkedText.Parse(Test.Sources.Values.Single(), Test.Id).Text);
        (Diagnostic Diagnostic, CodeAction Action) first = Fixable(document)
            .GetAwaiter()
            .GetResult()
            .SelectMany(diagnostic => Actions(document, diagnostic).Select(action => (diagnostic, action)))
            .First();
        FixAllProvider provider = Provider.GetFixAllProvider() ?? throw new UnexpectedDiagnosticsException("The fix cannot fix all.");
        FixAllContext context = new(
            document, Provider, FixAllScope.Document, first.Action.EquivalenceKey, [first.Diagnostic.Id], new Found(this), CancellationToken.None);
        CodeAction all = provider.GetFixAsync(context).GetAwaiter().GetResult() ?? throw new UnexpectedDiagnosticsException("Nothing to fix at once.");
        return TextOf(Apply(document, all));
    }

    private List<CodeAction> Actions(Document document, Diagnostic diagnostic)
    {
        List<CodeAction> actions = [];
        CodeFixContext context = new(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None);
        Provider.RegisterCodeFixesAsync(context).GetAwaiter().GetResult();
        return actions;
    }

    private async Task<IReadOnlyList<Diagnostic>> Fixable(Document document)
    {
        SyntaxTree tree = (await document.GetSyntaxTreeAsync().ConfigureAwait(false))!;
        Microsoft.CodeAnalysis.Compilation compilation = (await document.Project.GetCompilationAsync().ConfigureAwait(false))!;
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([Test.Analyzer]);
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync().ConfigureAwait(false);
        return [.. diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree && Provider.FixableDiagnosticIds.Contains(diagnostic.Id)).OrderBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    private sealed class Found(CodeFixTest test) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => await test.Fixable(project.Documents.Single()).ConfigureAwait(false);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => await test.Fixable(document).ConfigureAwait(false);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
