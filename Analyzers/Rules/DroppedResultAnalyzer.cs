using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a step that can fail of which nobody asks whether it has.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedResultAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.ResultDropped,
        "Result of a step that can fail is dropped",
        "'{0}' can fail, and nobody asks whether it did",
        RuleCategories.ErrorHandling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.ResultDropped + ".md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (FallibleSteps.In(start.Compilation) is { } steps)
            {
                start.RegisterOperationAction(operation => Analyze(operation, steps), OperationKind.ExpressionStatement);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, FallibleSteps steps)
    {
        // A discard says that somebody has thought about it.
        if (steps.CallIn(((IExpressionStatementOperation)context.Operation).Operation) is { } call)
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }
}
