using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>
/// Ends a poll: with <c>TryWait</c> and a deadline where a clock is at hand and one field is waited for, else after a number of rounds. Offered where the
/// method can say that it has failed.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BoundedPollCodeFix))]
[Shared]
public sealed class BoundedPollCodeFix : CodeFixProvider
{
    private const string Title = "Wait no longer than a bound";
    private const string Counter = "polls";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.PollWithoutBound];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null && model is not null && Bounded(root, model, diagnostic, context.CancellationToken) is var (loop, bounded))
            {
                CodeAction action = CodeAction.Create(
                    Title, token => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(loop, bounded))), nameof(BoundedPollCodeFix));
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    private static (SyntaxNode Loop, SyntaxNode Bounded)? Bounded(SyntaxNode root, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<StatementSyntax>() is not WhileStatementSyntax { Parent: BlockSyntax } loop
            || !loop.Condition.Span.Contains(node.Span)
            || model.GetEnclosingSymbol(loop.SpanStart, cancellationToken) is not IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean, IsAsync: false } method
            || method.Parameters.Any(parameter => parameter.RefKind == RefKind.Out))
        {
            return null;
        }

        string? bounded = WithDeadline(loop, model, cancellationToken) ?? WithCounter(loop, model);
        return bounded is null
            ? null
            : (loop, SyntaxFactory.ParseStatement(bounded).WithTriviaFrom(loop));
    }

    private static string? WithDeadline(WhileStatementSyntax loop, SemanticModel model, CancellationToken cancellationToken)
    {
        ExpressionSyntax condition = loop.Condition;
        bool waitsForSet = false;
        if (condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation)
        {
            waitsForSet = true;
            condition = negation.Operand;
        }

        bool isEmpty = loop.Statement is BlockSyntax { Statements.Count: 0 } or EmptyStatementSyntax;
        if (!isEmpty
            || RegisterTypes.In(model.Compilation) is not { } types
            || condition is not MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var register } } } field
            || model.GetSymbolInfo(field, cancellationToken).Symbol is not IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean } property
            || model.GetTypeInfo(register, cancellationToken).Type is not { } access
            || access.GetMembers("TryWait").IsEmpty
            || ClockAt(loop.SpanStart, model) is not { } clock)
        {
            return null;
        }

        int width = new RegisterFacts(types).WidthOf(property, out int lowest);
        if (width != 1)
        {
            return null;
        }

        string mask = "0x" + (1ul << lowest).ToString("X", CultureInfo.InvariantCulture);
        string wait = register + ".TryWait(" + clock + ", mask: " + mask + ", expected: " + (waitsForSet ? mask : "0") + ", timeoutMicroseconds: 100_000, intervalMicroseconds: 10)";
        return SourceLayout.Of(loop).Lines("if (!" + wait + ")", "{", "\treturn false;", "}");
    }

    private static string? WithCounter(WhileStatementSyntax loop, SemanticModel model)
    {
        if (!model.LookupSymbols(loop.SpanStart, name: Counter).IsEmpty || loop.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == Counter))
        {
            return null;
        }

        // The loop's own lines stay as they are: its body is at the same depth before and after.
        SourceLayout layout = SourceLayout.Of(loop);
        string body = loop.Statement switch
        {
            BlockSyntax { Statements: { Count: > 0 } statements } => layout.NewLine + string.Concat(statements.Select(statement => statement.ToFullString())) + layout.Indent,
            BlockSyntax or EmptyStatementSyntax => layout.Indent,
            _ => layout.NewLine + loop.Statement.ToFullString() + layout.Indent,
        };
        string counted = layout.Lines(
            "for (int " + Counter + " = 0; " + loop.Condition + "; " + Counter + "++)",
            "{",
            "\tif (" + Counter + " == 1_000_000)",
            "\t{",
            "\t\treturn false;",
            "\t}");
        return counted + layout.NewLine + body + "}";
    }

    /// <summary>The name of something in reach that tells the time.</summary>
    private static string? ClockAt(int position, SemanticModel model)
        => model.Compilation.GetTypeByMetadataName("Sluice.Registers.IClock") is not { } contract
        ? null
        : model.LookupSymbols(position)
            .Where(symbol => TypeOf(symbol) is { } type && IsClock(type, contract))
            .OrderBy(symbol => symbol.Name, System.StringComparer.Ordinal)
            .Select(symbol => symbol.Name)
            .FirstOrDefault();

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    private static bool IsClock(ITypeSymbol type, INamedTypeSymbol contract)
        => type is ITypeParameterSymbol parameter
        ? parameter.HasValueTypeConstraint && parameter.ConstraintTypes.Contains(contract, SymbolEqualityComparer.Default)
        : type.IsValueType && type.AllInterfaces.Contains(contract, SymbolEqualityComparer.Default);
}
