using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// Reports a number that says which register of a block is meant, where the block has a name for it. Only where it is certain which block: beside its
/// base address, and in the calls of its views.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MagicOffsetAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that gives the code fix the name.</summary>
    internal const string Name = "Name";

    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.MagicOffset,
        "Number in place of a register's name",
        "{0} is the offset of a register that has a name: {1}",
        RuleCategories.Drivers,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.MagicOffset + ".md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RegisterTypes.In(start.Compilation) is { Bus: not null } types)
            {
                start.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, RegisterTypes types)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (BusAccess.Of(call, types) is { } access)
        {
            INamedTypeSymbol? block = access.Terms.OfType<IFieldReferenceOperation>().Select(term => RegisterBlocks.OfBase(term.Field)).FirstOrDefault(found => found is not null);
            foreach (IOperation term in access.Terms)
            {
                Report(context, block, term);
            }
        }
        else if (call.TargetMethod.Name is "Read" or "ReadWord" or "Write" or "WriteWord" or "Peek"
            && call.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0, Name: "offset" }) is { } offset)
        {
            Report(context, RegisterBlocks.Around(call.TargetMethod.ContainingType), offset.Value);
        }
    }

    private static void Report(OperationAnalysisContext context, INamedTypeSymbol? block, IOperation offset)
    {
        while (offset is IConversionOperation { IsImplicit: true } conversion)
        {
            offset = conversion.Operand;
        }

        if (block is null
            || offset is not ILiteralOperation { ConstantValue: { HasValue: true, Value: { } constant } }
            || RegisterBlocks.ValueOf(constant) is not { } number
            || RegisterBlocks.NameOf(block, number) is not { } field
            || context.Operation.SemanticModel is not { } model)
        {
            return;
        }

        string name = field.ContainingType.ToMinimalDisplayString(model, offset.Syntax.SpanStart) + "." + field.Name;
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add(Name, name);
        context.ReportDiagnostic(Diagnostic.Create(s_rule, offset.Syntax.GetLocation(), properties, offset.Syntax.ToString(), name));
    }
}
