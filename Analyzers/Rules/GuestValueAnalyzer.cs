using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a value that a guest controls where it reaches hardware with nothing to bound it on the way.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuestValueAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.GuestValueReachesHardware,
        "Guest-controlled value reaches hardware unsanitized",
        "'{0}' is controlled by a guest and reaches hardware through '{1}' with no bound: sanitize it, or compare it with a trusted value first",
        RuleCategories.Sanitization,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.GuestValueReachesHardware + ".md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RegisterTypes.In(start.Compilation) is { } types)
            {
                GuestValuePolicy policy = new(types, StrictMode.IsOn(start.Options));
                start.RegisterOperationBlockAction(block => Analyze(block, policy));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, GuestValuePolicy policy)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            if (HasSinkAndSource(body, policy) && OperationGraph.Of(body, context) is { } graph)
            {
                foreach (Arrival arrival in MethodFlow.Run(graph, context.OwningSymbol as IMethodSymbol, policy, context.CancellationToken))
                {
                    Report(context, arrival);
                }
            }
        }
    }

    /// <summary>Most code never touches hardware: one look at it must be enough.</summary>
    private static bool HasSinkAndSource(IOperation body, GuestValuePolicy policy)
    {
        bool hasSink = false;
        bool hasSource = false;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation call:
                    hasSink |= policy.IsSink(call.TargetMethod);
                    hasSource |= policy.IsSource(call.TargetMethod);
                    hasSource |= HasSourceParameter(call, policy);
                    break;
                case IObjectCreationOperation { Constructor: { } constructor }:
                    hasSink |= policy.IsSink(constructor);
                    break;
                case IParameterReferenceOperation parameter:
                    hasSource |= policy.IsSource(parameter.Parameter) || policy.IsGuestType(parameter.Type);
                    break;
                case IMemberReferenceOperation member:
                    hasSource |= policy.IsSource(member.Member) || policy.IsGuestType(member.Type);
                    hasSink |= policy.IsSink(member.Member);
                    break;
                default:
                    break;
            }

            if (hasSink && hasSource)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasSourceParameter(IInvocationOperation call, GuestValuePolicy policy)
    {
        foreach (IParameterSymbol parameter in call.TargetMethod.Parameters)
        {
            if (parameter.RefKind is RefKind.Out or RefKind.Ref && policy.IsSource(parameter))
            {
                return true;
            }
        }

        return false;
    }

    private static void Report(OperationBlockAnalysisContext context, Arrival arrival)
    {
        Origin origin = arrival.Value.Origin!;
        string sink = arrival.Sink! is IParameterSymbol { ContainingSymbol: { } method } parameter
            ? NameOf(method) + "(" + parameter.Name + ")"
            : NameOf(arrival.Sink!);
        context.ReportDiagnostic(Diagnostic.Create(s_rule, arrival.Syntax.GetLocation(), [origin.Syntax.GetLocation()], origin.Name, sink));
    }

    private static string NameOf(ISymbol member) => member.ContainingType is { } type ? type.Name + "." + member.Name : member.Name;
}
