using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports where something becomes another owner's before the last step that can fail.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OwnershipAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.OwnershipBeforeLastStep,
        "Ownership committed before the last step that can fail",
        "'{0}' changes the owner before '{1}', which can fail: commit when all steps have succeeded",
        RuleCategories.ErrorHandling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.OwnershipBeforeLastStep + ".md");

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
                Annotations commits = new(start.Compilation.GetTypeByMetadataName("Sluice.Registers.CommitsOwnershipAttribute"));
                start.RegisterOperationBlockAction(block => Analyze(block, steps, commits));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, FallibleSteps steps, Annotations commits)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            if (body.Descendants().Any(operation => CommitBy(operation, commits) is not null) && OperationGraph.Of(body, context) is { } graph)
            {
                Analyze(context, graph, steps, commits);
            }
        }
    }

    private static void Analyze(OperationBlockAnalysisContext context, ControlFlowGraph graph, FallibleSteps steps, Annotations commits)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            List<IOperation> operations = [.. EvaluationOrder.Of(block)];
            for (int index = 0; index < operations.Count; index++)
            {
                if (CommitBy(operations[index], commits) is { } member && StepAfter(block, index, steps) is { } step)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        s_rule, operations[index].Syntax.GetLocation(), [step.Syntax.GetLocation()], member.Name, step.TargetMethod.Name));
                }
            }
        }
    }

    /// <summary>
    /// The first step that can fail on a way from here to the end. Ways that go round a loop are left out: the next round is about something else.
    /// </summary>
    private static IInvocationOperation? StepAfter(BasicBlock start, int index, FallibleSteps steps)
    {
        HashSet<int> seen = new() { start.Ordinal };
        Queue<(BasicBlock Block, int From)> pending = new([(start, index + 1)]);
        while (pending.Count > 0)
        {
            (BasicBlock block, int from) = pending.Dequeue();
            foreach (IOperation operation in EvaluationOrder.Of(block).Skip(from))
            {
                if (operation is IInvocationOperation call && steps.Has(call.TargetMethod) && !IsDiscarded(call))
                {
                    return call;
                }
            }

            foreach (BasicBlock next in EvaluationOrder.After(block))
            {
                if (next.Ordinal > block.Ordinal && seen.Add(next.Ordinal))
                {
                    pending.Enqueue((next, 0));
                }
            }
        }

        return null;
    }

    /// <summary>What is done on the way out, come what may.</summary>
    private static bool IsDiscarded(IOperation call) => call.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };

    /// <summary>The member through which an operation makes something another owner's; giving it to nobody is no commitment.</summary>
    private static ISymbol? CommitBy(IOperation operation, Annotations commits) => operation switch
    {
        ISimpleAssignmentOperation assignment when Written(assignment.Target, commits) is { } member && !IsNobody(assignment.Value) => member,
        ISimpleAssignmentOperation assignment when OwnerBy(assignment) is { } member && !IsNobody(assignment.Value) => member,
        IInvocationOperation call when commits.Has(call.TargetMethod) => call.TargetMethod,
        _ => null,
    };

    /// <summary>The marked member that an assignment writes, or an element of which it writes.</summary>
    private static ISymbol? Written(IOperation target, Annotations commits)
    {
        for (IOperation? part = target; part is not null; part = ContainerOf(part))
        {
            if (part is IMemberReferenceOperation reference && commits.Has(reference.Member))
            {
                return reference.Member;
            }
        }

        return null;
    }

    /// <summary>
    /// What is called an owner, where something that exists gets another one. Making the record of something new commits nothing yet: nobody finds it.
    /// </summary>
    private static ISymbol? OwnerBy(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Syntax.Parent is InitializerExpressionSyntax || assignment.Syntax.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null)
        {
            return null;
        }

        for (IOperation? part = assignment.Target; part is not null; part = ContainerOf(part))
        {
            if (part is IFieldReferenceOperation or IPropertyReferenceOperation
                && part is IMemberReferenceOperation { Member.Name: "Owner" or "_owner" or "s_owner" or "CurrentOwner" or "_currentOwner" or "Owners" or "_owners" or "s_owners" } reference)
            {
                return reference.Member;
            }
        }

        return null;
    }

    private static IOperation? ContainerOf(IOperation part) => part switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference,
        IInlineArrayAccessOperation element => element.Instance,
        IPropertyReferenceOperation { Property.IsIndexer: true } element => element.Instance,
        _ => null,
    };

    private static bool IsNobody(IOperation value)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value is IDefaultValueOperation
            || value.ConstantValue is { HasValue: true, Value: null or false or 0 or 0u or (byte)0 or 0ul or 0L or (ushort)0 }
            || value is IMemberReferenceOperation { Member: { IsStatic: true, Name: "None" or "Nobody" or "Quarantine" } };
    }
}
