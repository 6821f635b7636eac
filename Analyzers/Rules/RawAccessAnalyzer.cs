using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a write of a register that takes none, and a read of one that shows nothing, where a bus is used by a register's offset.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RawAccessAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.AccessDirection,
        "Access that the register does not have",
        "The register '{0}' {1}: this access does nothing but what its writer did not mean",
        RuleCategories.Drivers,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.AccessDirection + ".md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RegisterTypes.In(start.Compilation) is { Bus: not null, RegisterTraits: not null } types)
            {
                RegisterFacts facts = new(types);
                start.RegisterOperationAction(operation => Analyze(operation, types, facts), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, RegisterTypes types, RegisterFacts facts)
    {
        if (BusAccess.Of((IInvocationOperation)context.Operation, types) is not { } access
            || access.Offset() is not { } offset
            || RegisterBlocks.RegisterAt(offset, facts) is not { } register)
        {
            return;
        }

        string? flaw = access.IsWrite
            ? facts.Writable(register) == 0 ? "cannot be written" : null
            : facts.Readable(register) == 0 && facts.ReadEffects(register) == 0 ? "shows nothing when it is read" : null;
        if (flaw is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, context.Operation.Syntax.GetLocation(), register.Name, flaw));
        }
    }
}
