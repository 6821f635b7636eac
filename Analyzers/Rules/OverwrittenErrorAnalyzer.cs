using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports an answer of a step that can fail which the next answer, or the next round of a loop, overwrites before anybody has looked.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OverwrittenErrorAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.ErrorOverwritten,
        "Error overwritten before anybody looked",
        "What '{1}' answers is kept in '{0}' and overwritten before anybody has looked at it",
        RuleCategories.ErrorHandling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.ErrorOverwritten + ".md");

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
                start.RegisterOperationBlockAction(block => Analyze(block, steps));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, FallibleSteps steps)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            if (body.Descendants().Any(operation => IsKept(operation, steps)) && OperationGraph.Of(body, context) is { } graph)
            {
                Analyze(context, graph, steps, SharedIn(body));
            }
        }
    }

    private static bool IsKept(IOperation operation, FallibleSteps steps) => operation switch
    {
        IVariableDeclaratorOperation declarator => steps.CallIn(declarator.GetVariableInitializer()?.Value) is not null,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation } assignment => steps.CallIn(assignment.Value) is not null,
        _ => false,
    };

    private static void Analyze(OperationBlockAnalysisContext context, ControlFlowGraph graph, FallibleSteps steps, HashSet<ISymbol> shared)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            List<IOperation> operations = [.. EvaluationOrder.Of(block)];
            for (int index = 0; index < operations.Count; index++)
            {
                if (operations[index] is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                    && steps.CallIn(assignment.Value) is { } call
                    && !target.Local.IsRef
                    && !shared.Contains(target.Local)
                    && OverwrittenAt(block, index, target.Local) is { } overwriting)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        s_rule, assignment.Value.Syntax.GetLocation(), [overwriting.Syntax.GetLocation()], target.Local.Name, call.TargetMethod.Name));
                }
            }
        }
    }

    private static IOperation? OverwrittenAt(BasicBlock start, int index, ILocalSymbol local)
    {
        HashSet<int> seen = new();
        Queue<(BasicBlock Block, int From)> pending = new([(start, index + 1)]);
        while (pending.Count > 0)
        {
            (BasicBlock block, int from) = pending.Dequeue();
            bool isRead = false;
            foreach (IOperation operation in EvaluationOrder.Of(block).Skip(from))
            {
                if (operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation written } && IsOf(written, local))
                {
                    return operation;
                }

                if (operation is ILocalReferenceOperation reference && IsOf(reference, local) && !IsTarget(reference))
                {
                    isRead = true;
                    break;
                }
            }

            if (!isRead)
            {
                foreach (BasicBlock next in EvaluationOrder.After(block))
                {
                    if (seen.Add(next.Ordinal))
                    {
                        pending.Enqueue((next, 0));
                    }
                }
            }
        }

        return null;
    }

    private static bool IsOf(ILocalReferenceOperation reference, ILocalSymbol local) => SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private static bool IsTarget(ILocalReferenceOperation reference)
        => reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference;

    /// <summary>Variables that a lambda or a local function sees too: who reads them when is not known.</summary>
    private static HashSet<ISymbol> SharedIn(IOperation body)
    {
        HashSet<ISymbol> shared = new(SymbolEqualityComparer.Default);
        foreach (IOperation function in body.Descendants().Where(operation => operation is IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            shared.UnionWith(function.Descendants().OfType<ILocalReferenceOperation>().Select(reference => reference.Local));
        }

        return shared;
    }
}
