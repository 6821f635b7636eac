using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Finds the side of a comparison that says how often a loop runs. The graph has no loops; the syntax has.</summary>
internal static class LoopCondition
{
    /// <summary>The side that the loop counts up to, or down from; null when the comparison limits no loop by itself.</summary>
    public static IOperation? BoundOf(IBinaryOperation comparison)
    {
        IOperation bound;
        IOperation counter;
        switch (comparison.OperatorKind)
        {
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual:
                bound = comparison.RightOperand;
                counter = comparison.LeftOperand;
                break;
            case BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                bound = comparison.LeftOperand;
                counter = comparison.RightOperand;
                break;
            default:
                return null;
        }

        if (LoopOf(comparison.Syntax, counter.Syntax) is not { } loop)
        {
            return null;
        }

        // A value that is compared with a constant runs the loop often only if it is counted down: shifting it down ends soon.
        return !counter.ConstantValue.HasValue || IsCountedDown(loop, bound.Syntax) ? bound : null;
    }

    private static SyntaxNode? LoopOf(SyntaxNode condition, SyntaxNode counter)
    {
        while (true)
        {
            switch (condition.Parent)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    condition = parenthesized;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } conjunction:
                    SyntaxNode other = conjunction.Left == condition ? conjunction.Right : conjunction.Left;
                    if (Limits(other, counter))
                    {
                        return null;
                    }

                    condition = conjunction;
                    continue;
                case WhileStatementSyntax loop when loop.Condition == condition:
                    return loop;
                case DoStatementSyntax loop when loop.Condition == condition:
                    return loop;
                case ForStatementSyntax loop when loop.Condition == condition:
                    return loop;
                default:
                    return null;
            }
        }
    }

    /// <summary>Whether another part of the condition limits the same counter.</summary>
    private static bool Limits(SyntaxNode condition, SyntaxNode counter)
        => condition.DescendantNodesAndSelf().OfType<BinaryExpressionSyntax>().Any(comparison
            => (comparison.RawKind is (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression
                && SyntaxFactory.AreEquivalent(comparison.Left, counter))
            || (comparison.RawKind is (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression
                && SyntaxFactory.AreEquivalent(comparison.Right, counter)));

    private static bool IsCountedDown(SyntaxNode loop, SyntaxNode value)
        => Decremented(value) is not null
        || loop.DescendantNodes().Any(node => Decremented(node) is { } target && SyntaxFactory.AreEquivalent(target, value));

    private static ExpressionSyntax? Decremented(SyntaxNode node) => node switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostDecrementExpression } step => step.Operand,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreDecrementExpression } step => step.Operand,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SubtractAssignmentExpression } assignment => assignment.Left,
        _ => null,
    };
}
