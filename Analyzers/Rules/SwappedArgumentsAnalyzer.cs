using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a call that gives the offset where the value belongs and the value where the offset belongs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwappedArgumentsAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.SwappedOffsetAndValue,
        "Offset and value swapped",
        "'{0}' is given for '{1}', and '{2}' for '{3}': they are swapped",
        RuleCategories.Drivers,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.SwappedOffsetAndValue + ".md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RegisterTypes.In(start.Compilation) is not null)
            {
                start.RegisterOperationAction(Analyze, OperationKind.Invocation, OperationKind.ObjectCreation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        ImmutableArray<IArgumentOperation> arguments = context.Operation is IInvocationOperation call
            ? call.Arguments
            : ((IObjectCreationOperation)context.Operation).Arguments;
        if (arguments.Length < 2)
        {
            return;
        }

        IArgumentOperation? place = null;
        IArgumentOperation? value = null;
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.None } parameter && IntegerType.Of(parameter.Type).Width != 0)
            {
                place ??= IsPlace(parameter.Name) ? argument : null;
                value ??= IsValue(parameter.Name) ? argument : null;
            }
        }

        if (place is null || value is null)
        {
            return;
        }

        bool isPlaceGiven = IsOffset(place.Value) || IsPlace(NameOf(place.Value));
        bool isSwapped = !isPlaceGiven && (IsOffset(value.Value) || (IsPlace(NameOf(value.Value)) && IsValue(NameOf(place.Value))));
        if (isSwapped)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                place.Syntax.GetLocation(),
                [value.Syntax.GetLocation()],
                place.Value.Syntax.ToString(),
                place.Parameter!.Name,
                value.Value.Syntax.ToString(),
                value.Parameter!.Name));
        }
    }

    private static bool IsPlace(string name) => Is(name, "offset") || Is(name, "address") || Is(name, "register");

    private static bool IsValue(string name) => Is(name, "value") || Is(name, "data");

    /// <summary>The word itself, or a name that ends with it: <c>value</c>, <c>_value</c>, <c>newValue</c>.</summary>
    private static bool Is(string name, string word)
        => name.EndsWith(word, System.StringComparison.OrdinalIgnoreCase)
        && (name.Length == word.Length || name[name.Length - word.Length - 1] == '_' || char.IsUpper(name[name.Length - word.Length]));

    private static bool IsOffset(IOperation operation) => Unwrap(operation) is IFieldReferenceOperation { Field: { } field } && RegisterBlocks.OfOffset(field) is not null;

    private static string NameOf(IOperation operation) => Unwrap(operation) switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IFieldReferenceOperation field => field.Field.Name,
        _ => "",
    };

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
