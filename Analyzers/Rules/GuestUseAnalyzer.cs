using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// Reports a value that a guest controls where the host's own code takes it for an index, a loop's bound, a size, a shift count or a member of an enum
/// with nothing to bound it on the way, and a guest's text in a log. One analyzer for all, since they follow the same values.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuestUseAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_index = Rule(
        RuleIds.GuestValueAsIndex,
        "Guest-controlled value used as an index",
        "'{0}' is controlled by a guest and is used as an index, an offset or a length {1}",
        DiagnosticSeverity.Error);

    private static readonly DiagnosticDescriptor s_loopBound = Rule(
        RuleIds.GuestValueAsLoopBound,
        "Guest-controlled value bounds a loop",
        "'{0}' is controlled by a guest and says how often this loop runs, with no bound: compare it with a trusted value first",
        DiagnosticSeverity.Error);

    private static readonly DiagnosticDescriptor s_allocationSize = Rule(
        RuleIds.GuestValueAsAllocationSize,
        "Guest-controlled value sizes an allocation",
        "'{0}' is controlled by a guest and says how much memory to take, with no bound: compare it with a trusted value first",
        DiagnosticSeverity.Error);

    private static readonly DiagnosticDescriptor s_shiftCount = Rule(
        RuleIds.GuestValueAsShiftCount,
        "Guest-controlled value used as a shift count",
        "'{0}' is controlled by a guest and is used as a shift count with no bound: a count beyond the width wraps around",
        DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor s_enum = Rule(
        RuleIds.GuestValueAsEnum,
        "Guest-controlled value taken for a member of an enum",
        "'{0}' is controlled by a guest and is passed on as a member of an enum, which it need not be: test it first",
        DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor s_log = Rule(
        RuleIds.GuestTextInLog,
        "Guest-controlled text reaches a log",
        "'{0}' is text that a guest controls and becomes part of a log's format or message: pass it as an argument, escaped, or leave it out",
        DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor s_boundary = Rule(
        RuleIds.UnmarkedParameter,
        "Guest-controlled value handed to an unmarked parameter",
        "'{0}' is controlled by a guest and is handed to '{1}', where nothing is known of it any more: mark the parameter [GuestControlled], or bound the value first",
        DiagnosticSeverity.Info);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [s_index, s_loopBound, s_allocationSize, s_shiftCount, s_enum, s_log, s_boundary];

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
        if (!ReferenceEquals(rule, s_boundary))
        {
            return Diagnostic.Create(rule, arrival.Syntax.GetLocation(), [origin.Syntax.GetLocation()], origin.Name, FlawOf(arrival.Use));
        }

        // Who asks for the strict mode wants to be asked about every boundary; in any other build it is a hint in the editor.
        ISymbol method = arrival.Sink!.ContainingSymbol;
        string sink = (method.ContainingType is { } type ? type.Name + "." : "") + method.Name + "(" + arrival.Sink.Name + ")";
        DiagnosticSeverity severity = policy.IsStrict ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
        return Diagnostic.Create(rule, arrival.Syntax.GetLocation(), severity, [origin.Syntax.GetLocation()], null, origin.Name, sink);
    }

    /// <summary>What is wrong with an index: of the other uses the message says all.</summary>
    private static string FlawOf(ValueUse use)
        => use == ValueUse.Element
        ? "that may be the number of elements itself, one past the last of them: compare it with '<', not with '<='"
        : "with no bound: compare it with the length first";

    private static DiagnosticDescriptor Of(Arrival arrival) => arrival.Use switch
    {
        ValueUse.None => GuestUsePolicy.TakesText(arrival.Sink!) ? s_log : GuestUsePolicy.IsNumber(arrival.Sink!) ? s_boundary : s_enum,
        ValueUse.LoopBound => s_loopBound,
        ValueUse.AllocationSize => s_allocationSize,
        ValueUse.ShiftCount => s_shiftCount,
        _ => s_index,
    };

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity)
        => new(id, title, message, RuleCategories.Sanitization, severity, isEnabledByDefault: true, helpLinkUri: RuleHelp.Prefix + id + ".md");
}
