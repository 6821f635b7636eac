using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// Reports a Peek of which nothing is used, since it does nothing else; and a read that changes the hardware where the code is only meant to look:
/// in what a debugger or a trace calls, and in what is given to a log.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PeekAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.PeekAndReadConfused,
        "Peek and Read confused",
        "{0}: use {1}",
        RuleCategories.Drivers,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.PeekAndReadConfused + ".md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RegisterTypes.In(start.Compilation) is { Register: not null } types)
            {
                RegisterFacts facts = new(types);
                LogMethods logs = new(types.LogSink);
                start.RegisterOperationAction(operation => Analyze(operation, types, facts, logs), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, RegisterTypes types, RegisterFacts facts, LogMethods logs)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        switch (call.TargetMethod.Name)
        {
            case "Peek" when IsOfView(call, types) && IsDropped(call):
                Report(context, "This Peek has no effect and its answer is dropped", "Read, if the side effect is meant");
                break;
            case "Read" when ReadBy(call, types) is { } register && facts.ReadEffects(register) != 0 && OnlyLooks(call, context.ContainingSymbol, logs):
                Report(context, "Reading '" + register.Name + "' changes it, and this code only looks", "what was read where the hardware was served");
                break;
            case "Read" or "ReadWord" when IsOfView(call, types) && OnlyLooks(call, context.ContainingSymbol, logs):
                Report(context, "This Read does what a guest's read does, and this code only looks", "Peek");
                break;
            default:
                break;
        }
    }

    private static void Report(OperationAnalysisContext context, string flaw, string remedy)
        => context.ReportDiagnostic(Diagnostic.Create(s_rule, context.Operation.Syntax.GetLocation(), flaw, remedy));

    private static bool IsOfView(IInvocationOperation call, RegisterTypes types)
        => types.Tables is not null
        && call.TargetMethod.ContainingType is { } view
        && view.GetTypeMembers("Tables").Any(tables => tables.AllInterfaces.Any(contract => RegisterTypes.Is(contract, types.Tables)));

    private static ITypeSymbol? ReadBy(IInvocationOperation call, RegisterTypes types)
        => RegisterTypes.Is(call.TargetMethod.ContainingType, types.Register) || RegisterTypes.Is(call.TargetMethod.ContainingType, types.ReadOnlyRegister)
        ? call.TargetMethod.ContainingType.TypeArguments[1]
        : null;

    private static bool IsDropped(IOperation call)
        => call.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };

    private static bool OnlyLooks(IOperation call, ISymbol method, LogMethods logs)
    {
        if (method is IMethodSymbol { Name: "ToString" or "GetHashCode" or "Equals" or "PrintMembers" or "get_DebuggerDisplay" or "GetDebuggerDisplay" })
        {
            return true;
        }

        for (IOperation? parent = call.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvocationOperation outer && logs.Has(outer.TargetMethod))
            {
                return true;
            }
        }

        return false;
    }
}
