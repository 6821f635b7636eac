using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// Reports a value that a guest controls where the host's own code takes it for an index, a loop's bound, a size, a shift count or a member of an enum
/// with nothing to bound it on the way, and a guest's text in a log. One analyzer for all, since they follow the same values.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuestUseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [
            GuestIndexRule.Descriptor, GuestLoopRule.Descriptor, GuestAllocationRule.Descriptor, GuestShiftRule.Descriptor, GuestEnumRule.Descriptor, GuestTextRule.Descriptor,
            GuestBoundaryRule.Descriptor,
        ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RegisterTypes.In(start.Compilation) is { } types)
            {
                GuestUsePolicy policy = new(types, StrictMode.IsOn(start.Options));
                start.RegisterOperationBlockAction(block => Analyze(block, policy));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, GuestUsePolicy policy)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            if (body.DescendantsAndSelf().Any(operation => IsSource(operation, policy)) && OperationGraph.Of(body, context) is { } graph)
            {
                foreach (Arrival arrival in MethodFlow.Run(graph, context.OwningSymbol as IMethodSymbol, policy, context.CancellationToken))
                {
                    context.ReportDiagnostic(DiagnosticOf(arrival, policy));
                }
            }
        }
    }

    private static bool IsSource(IOperation operation, GuestUsePolicy policy) => operation switch
    {
        IInvocationOperation call => policy.IsSource(call.TargetMethod)
            || call.TargetMethod.Parameters.Any(parameter => parameter.RefKind is RefKind.Out or RefKind.Ref && policy.IsSource(parameter)),
        IParameterReferenceOperation parameter => policy.IsSource(parameter.Parameter) || policy.IsGuestType(parameter.Type),
        IMemberReferenceOperation member => policy.IsSource(member.Member) || policy.IsGuestType(member.Type),
        _ => false,
    };

    private static Diagnostic DiagnosticOf(Arrival arrival, GuestUsePolicy policy)
    {
        Origin origin = arrival.Value.Origin!;
        DiagnosticDescriptor rule = Of(arrival);
        if (!ReferenceEquals(rule, GuestBoundaryRule.Descriptor))
        {
            return Diagnostic.Create(rule, arrival.Syntax.GetLocation(), [origin.Syntax.GetLocation()], origin.Name, GuestIndexRule.FlawOf(arrival.Use));
        }

        // Who asks for the strict mode wants to be asked about every boundary; in any other build it is a hint in the editor.
        ISymbol method = arrival.Sink!.ContainingSymbol;
        string sink = (method.ContainingType is { } type ? type.Name + "." : "") + method.Name + "(" + arrival.Sink.Name + ")";
        DiagnosticSeverity severity = policy.IsStrict ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
        return Diagnostic.Create(rule, arrival.Syntax.GetLocation(), severity, [origin.Syntax.GetLocation()], null, origin.Name, sink);
    }

    private static DiagnosticDescriptor Of(Arrival arrival) => arrival.Use switch
    {
        ValueUse.None => GuestTextRule.TakesText(arrival.Sink!) ? GuestTextRule.Descriptor : GuestBoundaryRule.IsNumber(arrival.Sink!) ? GuestBoundaryRule.Descriptor : GuestEnumRule.Descriptor,
        ValueUse.LoopBound => GuestLoopRule.Descriptor,
        ValueUse.AllocationSize => GuestAllocationRule.Descriptor,
        ValueUse.ShiftCount => GuestShiftRule.Descriptor,
        _ => GuestIndexRule.Descriptor,
    };
}
