using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>A condition that ends a loop, as the comparison under which the loop goes on where it is one.</summary>
internal sealed class LoopExit
{
    public LoopExit(IOperation condition, bool continuesWhenTrue)
    {
        Condition = condition;
        (IOperation? left, BinaryOperatorKind kind, IOperation? right) = condition switch
        {
            IBinaryOperation binary when Arithmetic.IsComparison(binary.OperatorKind) => (binary.LeftOperand, binary.OperatorKind, binary.RightOperand),
            IIsPatternOperation { Pattern: var pattern, Value: var value } => Of(value, pattern),
            _ => (null, BinaryOperatorKind.None, null),
        };
        Left = left;
        Right = right;
        Kind = continuesWhenTrue ? kind : Conditions.Negate(kind);
    }

    public IOperation Condition { get; }

    /// <summary>Null when the condition is no comparison.</summary>
    public IOperation? Left { get; }

    public IOperation? Right { get; }

    /// <summary>What holds between the two as long as the loop goes on.</summary>
    public BinaryOperatorKind Kind { get; }

    private static (IOperation? Left, BinaryOperatorKind Kind, IOperation? Right) Of(IOperation value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return (value, BinaryOperatorKind.Equals, constant.Value);
            case IRelationalPatternOperation relational:
                return (value, relational.OperatorKind, relational.Value);
            case INegatedPatternOperation negated:
                (IOperation? left, BinaryOperatorKind kind, IOperation? right) = Of(value, negated.Pattern);
                return (left, Conditions.Negate(kind), right);
            default:
                return (null, BinaryOperatorKind.None, null);
        }
    }
}
