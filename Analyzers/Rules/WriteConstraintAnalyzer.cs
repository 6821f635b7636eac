using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a constant that a field's write constraint (SVD <c>writeConstraint</c>) does not take.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WriteConstraintAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.ConstantNotWritable,
        "Constant that the field must not be given",
        "{0} must not be written to '{1}', which takes {2}",
        RuleCategories.Drivers,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.ConstantNotWritable + ".md");

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

        ulong value = type.BitsOf(constant);
        (ulong minimum, ulong maximum, bool isNamed) = facts.WritableOf(property);
        string? takes = value < minimum || value > maximum
            ? Number(minimum) + " to " + Number(maximum)
            : isNamed && !HasName(property.Type, type, value) ? "only the values of '" + property.Type.Name + "'" : null;
        if (takes is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, assignment.Value.Syntax.GetLocation(), Number(value), property.Name, takes));
        }
    }

    private static bool HasName(ITypeSymbol enumeration, IntegerType type, ulong value)
        => enumeration.TypeKind != TypeKind.Enum
            || enumeration.GetMembers().OfType<IFieldSymbol>().Any(member => member.ConstantValue is { } named && type.BitsOf(named) == value);

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
