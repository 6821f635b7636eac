using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a cast that takes the upper half of a 64-bit address away, where nothing near it keeps or tests that half.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AddressNarrowingAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.AddressNarrowed,
        "Address cut to 32 bits",
        "The cast drops the upper half of the address '{0}': keep 64 bits, or test that it fits",
        RuleCategories.Drivers,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.AddressNarrowed + ".md");

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
                start.RegisterOperationAction(Analyze, OperationKind.Conversion);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        IConversionOperation conversion = (IConversionOperation)context.Operation;
        if (conversion.IsImplicit
            || conversion.IsChecked
            || conversion.OperatorMethod is not null
            || conversion.ConstantValue.HasValue
            || conversion.Type is { TypeKind: TypeKind.Enum }
            || IntegerType.Of(conversion.Type).Width is 0 or 64
            || IntegerType.Of(conversion.Operand.Type).Width != 64
            || AddressIn(conversion.Operand) is not { } address
            || IsPartOnly(conversion))
        {
            return;
        }

        if (!IsTestedOrSplit(address, conversion))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, conversion.Syntax.GetLocation(), NameOf(address)));
        }
    }

    /// <summary>What is named as an address, and is all of the operand.</summary>
    private static IOperation? AddressIn(IOperation operand)
    {
        while (operand is IParenthesizedOperation or IConversionOperation { OperatorMethod: null })
        {
            operand = operand is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operand).Operand;
        }

        return operand switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => AddressIn(sum.LeftOperand) ?? AddressIn(sum.RightOperand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.And, RightOperand: { } mask } aligned when KeepsTheUpperHalf(mask) => AddressIn(aligned.LeftOperand),
            _ => SymbolOf(operand) is not null && IsAddress(NameOf(operand)) && IntegerType.Of(operand.Type).Width == 64 ? operand : null,
        };
    }

    /// <summary>A mask that aligns takes nothing away from the upper half.</summary>
    private static bool KeepsTheUpperHalf(IOperation mask)
        => mask.ConstantValue is { HasValue: true, Value: { } constant } && IntegerType.Of(mask.Type) is { Width: 64 } type && type.BitsOf(constant) >> 32 == uint.MaxValue;

    /// <summary>A mask or a remainder of what is left: an offset in a page, not an address.</summary>
    private static bool IsPartOnly(IOperation conversion)
    {
        IOperation? parent = conversion.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Remainder };
    }

    /// <summary>Whether the same method compares the address, or takes its upper half too. Lenient: what is tested may be a copy.</summary>
    private static bool IsTestedOrSplit(IOperation address, IOperation conversion)
    {
        IOperation body = conversion;
        while (body.Parent is { } parent)
        {
            body = parent;
        }

        string text = address.Syntax.ToString();
        return body.Descendants().Any(operation => operation switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift } shift => Is(shift.LeftOperand, text),
            IBinaryOperation { OperatorKind: >= BinaryOperatorKind.Equals and <= BinaryOperatorKind.GreaterThan } comparison
                => Is(comparison.LeftOperand, text) || Is(comparison.RightOperand, text),
            IIsPatternOperation pattern => Is(pattern.Value, text),
            _ => false,
        });
    }

    private static bool Is(IOperation operand, string text) => operand.DescendantsAndSelf().Any(part => part.Syntax.ToString() == text);

    private static bool IsAddress(string name) => name.EndsWith("Address", System.StringComparison.Ordinal)
        || name.EndsWith("Addr", System.StringComparison.Ordinal)
        || name is "address" or "_address" or "addr" or "_addr";

    /// <summary>The name that says what it is: of <c>Value</c>, that of the type which it is the value of.</summary>
    private static string NameOf(IOperation operation)
        => SymbolOf(operation) is not { } symbol ? "" : symbol.Name is "Value" or "Untrusted" && symbol.ContainingType is { } type ? type.Name : symbol.Name;

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        _ => null,
    };
}
