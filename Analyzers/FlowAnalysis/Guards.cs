using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Calls that come back only if something holds: what .NET throws for its caller, and what says so by attribute.</summary>
internal static class Guards
{
    /// <summary>What is known when the call has come back.</summary>
    public static ValueMap After(IInvocationOperation call, Conditions conditions, FlowState state)
    {
        ValueMap values = state.Values;
        if (call.TargetMethod is { Name: var name, ContainingType: { Name: "ArgumentOutOfRangeException", ContainingNamespace.Name: "System" } } && name.StartsWith("ThrowIf", System.StringComparison.Ordinal))
        {
            return AfterThrowIf(call, conditions, values);
        }

        // A call that only some builds make is no check.
        if (call.Arguments.Any(argument => Promised(argument) is not null) && !IsConditional(call.TargetMethod))
        {
            foreach (IArgumentOperation argument in call.Arguments)
            {
                if (Promised(argument) is { } promised)
                {
                    Split split = conditions.Of(argument.Value, state.Take(values));
                    values = (promised ? split.WhenTrue : split.WhenFalse) ?? values;
                }
            }
        }

        return values;
    }

    /// <summary>Whether a method says of itself that it does not come back.</summary>
    public static bool DoNotReturn(IMethodSymbol method) => Has(method.GetAttributes(), "DoesNotReturnAttribute");

    private static ValueMap AfterThrowIf(IInvocationOperation call, Conditions conditions, ValueMap values)
    {
        IOperation? value = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
        IOperation? other = call.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 1, Name: "other" })?.Value;
        if (value is null)
        {
            return values;
        }

        if (other is null)
        {
            return call.TargetMethod.Name switch
            {
                "ThrowIfNegative" => conditions.Learn(values, value, Bounds.NotNegative),
                "ThrowIfNegativeOrZero" => conditions.Learn(values, value, Bounds.NotNegative | Bounds.Floor),
                _ => values,
            };
        }

        BinaryOperatorKind kept = call.TargetMethod.Name switch
        {
            "ThrowIfGreaterThan" => BinaryOperatorKind.LessThanOrEqual,
            "ThrowIfGreaterThanOrEqual" => BinaryOperatorKind.LessThan,
            "ThrowIfLessThan" => BinaryOperatorKind.GreaterThanOrEqual,
            "ThrowIfLessThanOrEqual" => BinaryOperatorKind.GreaterThan,
            "ThrowIfNotEqual" => BinaryOperatorKind.Equals,
            "ThrowIfEqual" => BinaryOperatorKind.NotEquals,
            _ => BinaryOperatorKind.None,
        };
        return conditions.Assume(values, value, kept, other);
    }

    private static bool? Promised(IArgumentOperation argument)
    {
        foreach (AttributeData attribute in argument.Parameter?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty)
        {
            if (attribute is { AttributeClass.Name: "DoesNotReturnIfAttribute", ConstructorArguments: { Length: 1 } given } && given[0].Value is bool ends)
            {
                return !ends;
            }
        }

        return null;
    }

    private static bool IsConditional(IMethodSymbol method) => Has(method.GetAttributes(), "ConditionalAttribute");

    private static bool Has(ImmutableArray<AttributeData> attributes, string name) => attributes.Any(attribute => attribute.AttributeClass?.Name == name);
}
