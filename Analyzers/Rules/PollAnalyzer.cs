using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a loop that only the hardware can end: its condition reads a register, and nothing else in it can leave or count.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PollAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.PollWithoutBound,
        "Poll of a register without bound",
        "Only the register '{0}' can end this loop: count the rounds or check a deadline",
        RuleCategories.Drivers,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.PollWithoutBound + ".md");

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
                INamedTypeSymbol? readOnly = start.Compilation.GetTypeByMetadataName("Sluice.Registers.ReadOnlyRegister`2");
                start.RegisterOperationAction(operation => Analyze(operation, types, readOnly), OperationKind.Loop);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, RegisterTypes types, INamedTypeSymbol? readOnly)
    {
        IOperation loop = context.Operation;
        IOperation? condition = loop switch
        {
            IWhileLoopOperation whileLoop => whileLoop.Condition,
            IForLoopOperation forLoop => forLoop.Condition,
            _ => null,
        };
        if (condition?.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(call => IsRead(call, types, readOnly)) is not { } read)
        {
            return;
        }

        bool canEnd = loop.Descendants().Any(operation => operation != read && CanEnd(operation, types, readOnly));
        if (!canEnd)
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, condition.Syntax.GetLocation(), ((INamedTypeSymbol)read.TargetMethod.ContainingType).TypeArguments[1].Name));
        }
    }

    private static bool IsRead(IInvocationOperation call, RegisterTypes types, INamedTypeSymbol? readOnly)
        => call.TargetMethod.Name == "Read"
        && (RegisterTypes.Is(call.TargetMethod.ContainingType, types.Register) || RegisterTypes.Is(call.TargetMethod.ContainingType, readOnly));

    /// <summary>Whatever leaves the loop or changes something that could: a step of a counter, an assignment, a call that answers.</summary>
    private static bool CanEnd(IOperation operation, RegisterTypes types, INamedTypeSymbol? readOnly) => operation switch
    {
        IBranchOperation or IReturnOperation or IThrowOperation or IIncrementOrDecrementOperation or IAssignmentOperation or IAwaitOperation => true,
        IInvocationOperation call => !call.TargetMethod.ReturnsVoid && !IsRead(call, types, readOnly),
        _ => false,
    };
}
