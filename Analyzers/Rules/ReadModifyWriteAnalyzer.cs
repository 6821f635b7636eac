using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports what was read from a register and is written back with bits in it on which the write acts.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReadModifyWriteAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that tells the code fix that no such bit was set on purpose.</summary>
    internal const string CanModify = "CanModify";

    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.ReadModifyWrite,
        "Read-modify-write of bits on which a write acts",
        "The bits {1} of '{0}' {2}",
        RuleCategories.Drivers,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.ReadModifyWrite + ".md");

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
                RegisterFacts facts = new(types);
                ReadModifyWritePolicy policy = new(types, facts);
                start.RegisterOperationBlockAction(block => Analyze(block, policy, facts));
                start.RegisterOperationAction(operation => AnalyzeRead(operation, types, facts), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, ReadModifyWritePolicy policy, RegisterFacts facts)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            if (ReadsAndWrites(body, policy) && OperationGraph.Of(body, context) is { } graph)
            {
                foreach (Arrival arrival in MethodFlow.Run(graph, context.OwningSymbol as IMethodSymbol, policy, context.CancellationToken))
                {
                    Report(context, arrival, policy, facts);
                }
            }
        }
    }

    private static bool ReadsAndWrites(IOperation body, ReadModifyWritePolicy policy)
    {
        bool reads = false;
        bool writes = false;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call)
            {
                reads |= policy.ReadBy(call) is not null || policy.Named(call, isWrite: false) is not null;
                writes |= policy.WrittenBy(call.TargetMethod) is not null || policy.Named(call, isWrite: true) is not null;
                if (reads && writes)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void Report(OperationBlockAnalysisContext context, Arrival arrival, ReadModifyWritePolicy policy, RegisterFacts facts)
    {
        // Through a bus there is no Modify to use.
        ITypeSymbol? register = policy.WrittenBy((IMethodSymbol)arrival.Sink!.ContainingSymbol);
        bool isUntouched = register is not null && arrival.Value.Bits == facts.WriteEffects(register);
        ImmutableDictionary<string, string?> properties = isUntouched
            ? ImmutableDictionary<string, string?>.Empty.Add(CanModify, "true")
            : ImmutableDictionary<string, string?>.Empty;
        string bits = "0x" + arrival.Value.Bits.ToString("X", CultureInfo.InvariantCulture);
        context.ReportDiagnostic(Diagnostic.Create(
            s_rule,
            arrival.Syntax.GetLocation(),
            [arrival.Value.Origin!.Syntax.GetLocation()],
            properties,
            arrival.Value.Origin.Name,
            bits,
            "act when they are written, and are written back as they were read: use Modify, or set them on purpose"));
    }

    /// <summary>A read that clears, in the very value that is written back: what it cleared is seen by nobody.</summary>
    private static void AnalyzeRead(OperationAnalysisContext context, RegisterTypes types, RegisterFacts facts)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("Write" or "Modify")
            || !RegisterTypes.Is(call.TargetMethod.ContainingType, types.Register)
            || facts.ReadEffects(call.TargetMethod.ContainingType.TypeArguments[1]) is not (not 0 and var cleared))
        {
            return;
        }

        ITypeSymbol register = call.TargetMethod.ContainingType.TypeArguments[1];
        IOperation? read = call.Arguments[0].Value;
        while (read is IWithOperation or IParenthesizedOperation)
        {
            read = read is IWithOperation with ? with.Operand : ((IParenthesizedOperation)read).Operand;
        }

        if (read is IInvocationOperation { TargetMethod.Name: "Read" } && facts.WriteEffects(register) == 0)
        {
            string bits = "0x" + cleared.ToString("X", CultureInfo.InvariantCulture);
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, read.Syntax.GetLocation(), register.Name, bits, "are changed by this read, and nobody looks at them: read into a local and look"));
        }
    }
}
