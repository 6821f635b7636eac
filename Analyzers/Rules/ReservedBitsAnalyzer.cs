using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sluice.Analyzers.FlowAnalysis;
using Sluice.Registers.Description;

namespace Sluice.Analyzers.Rules;

/// <summary>Reports a constant that is written to a register and has ones in bits that mean nothing yet.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReservedBitsAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        RuleIds.ReservedBitsWritten,
        "Reserved bits written",
        "The bits {1} of '{0}' are reserved and are written as ones: write what the description names, or use Modify",
        RuleCategories.Drivers,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelp.Prefix + RuleIds.ReservedBitsWritten + ".md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (RegisterTypes.In(start.Compilation) is { RegisterTraits: not null } types)
            {
                RegisterFacts facts = new(types);
                start.RegisterOperationAction(operation => Analyze(operation, types, facts), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, RegisterTypes types, RegisterFacts facts)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (BusAccess.Of(call, types) is { IsWrite: true } access)
        {
            if (access.Offset() is { } offset && RegisterBlocks.RegisterAt(offset, facts) is { } register)
            {
                Report(context, facts, register, access.Value);
            }
        }
        else if (WrittenBy(call, types) is { } value && value.Type is { } register && facts.IsRegister(register))
        {
            Report(context, facts, register, AllBitsOf(value));
        }
    }

    /// <summary>What a typed register is written with. Modify is left out: it gives reserved bits their value itself.</summary>
    private static IOperation? WrittenBy(IInvocationOperation call, RegisterTypes types)
        => call.TargetMethod.Name == "Write"
        && (RegisterTypes.Is(call.TargetMethod.ContainingType, types.Register)
            || RegisterTypes.Is(call.TargetMethod.ContainingType, types.RegisterAccess)
            || call.TargetMethod.ContainingType is { Name: "WriteOnlyRegister", ContainingNamespace: { Name: "Registers", ContainingNamespace.Name: "Sluice" } })
        ? call.Arguments.LastOrDefault(argument => argument.Parameter?.Name == "value")?.Value
        : null;

    /// <summary>The number of which a register's value is made, also where fields are set on it afterwards.</summary>
    private static IOperation? AllBitsOf(IOperation value) => value switch
    {
        IWithOperation with => AllBitsOf(with.Operand),
        IParenthesizedOperation parenthesized => AllBitsOf(parenthesized.Operand),
        IObjectCreationOperation { Arguments.Length: 1 } creation => creation.Arguments[0].Value,
        _ => null,
    };

    private static void Report(OperationAnalysisContext context, RegisterFacts facts, ITypeSymbol register, IOperation? value)
    {
        if (value?.ConstantValue is { HasValue: true, Value: { } constant })
        {
            IntegerType type = IntegerType.Of(value.Type);
            ulong given = type.BitsOf(constant);
            ulong bits = given & facts.Reserved(register);

            // All ones where each bit that can be written acts on its own: that is how everything is acknowledged at once.
            bool isEverything = given == type.Mask && facts.WriteEffects(register) == facts.Writable(register);
            if (bits != 0 && !isEverything)
            {
                string text = "0x" + bits.ToString("X", CultureInfo.InvariantCulture);
                context.ReportDiagnostic(Diagnostic.Create(s_rule, value.Syntax.GetLocation(), register.Name, text));
            }
        }
    }
}
