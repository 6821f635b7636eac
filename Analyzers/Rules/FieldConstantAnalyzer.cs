using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a constant that has bits beyond the field that it is given to.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FieldConstantAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.ConstantWiderThanField,
        "Constant wider than its field",
        "{0} does not fit the {2} bits of '{1}': the bits beyond it are lost",
        RuleCategories.Drivers,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.ConstantWiderThanField + ".md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RegisterTypes.In(start.Compilation) is { FieldBits: not null } types)
            {
                RegisterFacts facts = new(types);
                start.RegisterOperationAction(operation => Analyze(operation, facts), OperationKind.SimpleAssignment);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, RegisterFacts facts)
    {
        ISimpleAssignmentOperation assignment = (ISimpleAssignmentOperation)context.Operation;
        IntegerType type = IntegerType.Of(assignment.Target.Type);
        if (assignment.Target is not IPropertyReferenceOperation { Property: { } property }
            || assignment.Value.ConstantValue is not { HasValue: true, Value: { } constant }
            || type.Width == 0)
        {
            return;
        }

        int width = facts.WidthOf(property, out _);
        ulong bits = type.BitsOf(constant);
        if (width is > 0 and < 64 && bits >> width != 0)
        {
            string text = "0x" + bits.ToString("X", CultureInfo.InvariantCulture);
            context.ReportDiagnostic(Diagnostic.Create(s_rule, assignment.Value.Syntax.GetLocation(), text, property.Name, width));
        }
    }
}
