using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// Reports a loop that only the hardware can end: whether it goes on depends on what a register shows, and nothing in it counts, looks at the time or
/// leaves for another reason.
/// </summary>
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
                start.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Loop);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, RegisterTypes types)
    {
        IOperation loop = context.Operation;
        (IOperation? condition, IOperation? body) = loop switch
        {
            IWhileLoopOperation whileLoop => (whileLoop.Condition, whileLoop.Body),
            IForLoopOperation forLoop => (forLoop.Condition, forLoop.Body),
            _ => (null, null),
        };
        if (body is null)
        {
            return;
        }

        IOperation[] operations = [.. loop.Descendants()];
        HashSet<ISymbol> shown = ShownBy(operations, types);
        if (operations.FirstOrDefault(operation => NameOfRead(operation, types) is not null) is not { } read)
        {
            return;
        }

        bool isEndless = condition is null || condition.ConstantValue is { HasValue: true, Value: true };
        IOperation? asked = isEndless ? operations.FirstOrDefault(operation => ConditionOf(operation) is { } exit && Asks(exit, shown, types)) : condition;
        if (asked is null || (!isEndless && !Asks(asked, shown, types)) || operations.Any(operation => CanEnd(operation, loop, shown, types)))
        {
            return;
        }

        SyntaxNode place = isEndless ? ConditionOf(asked)!.Syntax : asked.Syntax;
        IOperation named = asked.DescendantsAndSelf().FirstOrDefault(operation => NameOfRead(operation, types) is not null) ?? read;
        context.ReportDiagnostic(Diagnostic.Create(s_rule, place.GetLocation(), NameOfRead(named, types)));
    }

    /// <summary>The locals that hold nothing but what a register showed, and what was made of it.</summary>
    private static HashSet<ISymbol> ShownBy(IOperation[] operations, RegisterTypes types)
    {
        HashSet<ISymbol> shown = new(SymbolEqualityComparer.Default);
        foreach (IOperation operation in operations)
        {
            (ILocalSymbol? local, IOperation? value) = operation switch
            {
                IVariableDeclaratorOperation declarator => (declarator.Symbol, declarator.GetVariableInitializer()?.Value),
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment => (target.Local, assignment.Value),
                _ => (null, null),
            };
            if (local is not null && value is not null && Asks(value, shown, types))
            {
                shown.Add(local);
            }
        }

        return shown;
    }

    /// <summary>Whether a value is, or is made of, what a register shows.</summary>
    private static bool Asks(IOperation value, HashSet<ISymbol> shown, RegisterTypes types)
        => value.DescendantsAndSelf().Any(operation
            => NameOfRead(operation, types) is not null || (operation is ILocalReferenceOperation reference && shown.Contains(reference.Local)));

    /// <summary>The register that an operation reads, by type or by offset; null for anything else.</summary>
    private static string? NameOfRead(IOperation operation, RegisterTypes types)
    {
        if (operation is not IInvocationOperation call)
        {
            return null;
        }

        INamedTypeSymbol type = call.TargetMethod.ContainingType;
        bool isTyped = call.TargetMethod.Name == "Read" && (RegisterTypes.Is(type, types.Register) || RegisterTypes.Is(type, types.ReadOnlyRegister));
        return isTyped ? type.TypeArguments[1].Name
            : BusAccess.Of(call, types) is { IsWrite: false } access ? access.Offset()?.Name ?? call.TargetMethod.Name
            : null;
    }

    private static IOperation? ConditionOf(IOperation operation) => operation switch
    {
        IConditionalOperation conditional => conditional.Condition,
        ISwitchOperation choice => choice.Value,
        _ => null,
    };

    /// <summary>Whatever leaves the loop for another reason, or changes something that could: a step of a counter, an assignment, a call that answers.</summary>
    private static bool CanEnd(IOperation operation, IOperation loop, HashSet<ISymbol> shown, RegisterTypes types) => operation switch
    {
        IBranchOperation { BranchKind: BranchKind.Continue } => false,
        IBranchOperation or IReturnOperation or IThrowOperation => !IsForWhatIsShown(operation, loop, shown, types),
        IIncrementOrDecrementOperation or ICompoundAssignmentOperation or ICoalesceAssignmentOperation or IDeconstructionAssignmentOperation or IAwaitOperation => true,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => !shown.Contains(target.Local),
        ISimpleAssignmentOperation { Target: IDiscardOperation } => false,
        ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation } => false,
        ISimpleAssignmentOperation => true,
        IInvocationOperation call => !call.TargetMethod.ReturnsVoid && NameOfRead(call, types) is null && !IsAddress(call, types),
        _ => false,
    };

    /// <summary>Whether an exit is taken only for what a register shows.</summary>
    private static bool IsForWhatIsShown(IOperation exit, IOperation loop, HashSet<ISymbol> shown, RegisterTypes types)
    {
        for (IOperation? outer = exit.Parent; outer is not null && outer != loop; outer = outer.Parent)
        {
            if (ConditionOf(outer) is { } condition)
            {
                return Asks(condition, shown, types);
            }
        }

        return false;
    }

    /// <summary>What computes where the register is.</summary>
    private static bool IsAddress(IInvocationOperation call, RegisterTypes types) => RegisterTypes.Is(call.Type, types.RegisterAddress);
}
