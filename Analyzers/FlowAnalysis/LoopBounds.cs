using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>
/// Finds what a guest says of how often a loop runs: a count of its choice, a chain whose links it writes, a value of its that is waited for. A loop that
/// something trusted ends as well is none of these.
/// </summary>
internal sealed class LoopBounds
{
    private readonly Evaluator _evaluator;
    private readonly Loop _loop;
    private readonly IOperation[] _operations;

    public LoopBounds(Evaluator evaluator, Loop loop)
    {
        _evaluator = evaluator;
        _loop = loop;
        _operations = [.. loop.Operations];
    }

    /// <summary>What says how often the loop runs, by a guest's word alone.</summary>
    public IEnumerable<(IOperation Bound, TrackedValue Value)> Find()
    {
        if (_loop.Exits.Any(IsLimit))
        {
            yield break;
        }

        bool isCounted = false;
        foreach (LoopExit exit in _loop.Exits)
        {
            if (CountOf(exit) is { } count)
            {
                isCounted = true;
                yield return (count, _evaluator.ValueOf(count));
            }
        }

        // Of several ways out that all wait for the guest one is enough to say so.
        if (!isCounted && _loop.Exits.Count > 0 && _loop.Exits.All(exit => AwaitedBy(exit) is not null) && AwaitedBy(_loop.Exits[0]) is { } awaited)
        {
            yield return awaited;
        }
    }

    /// <summary>Whether a condition ends the loop whatever the guest does: a collection has an end, and a trusted count is reached.</summary>
    private bool IsLimit(LoopExit exit)
    {
        if (exit.Condition is IInvocationOperation { TargetMethod.Name: "MoveNext" })
        {
            return true;
        }

        return exit is { Left: { } left, Right: { } right, Kind: not (BinaryOperatorKind.Equals or BinaryOperatorKind.None) }
            && IsTrusted(left)
            && IsTrusted(right)
            && (IsStepped(left) || IsStepped(right));
    }

    private bool IsTrusted(IOperation operand)
    {
        TrackedValue value = _evaluator.ValueOf(operand);
        return IntegerType.Of(operand.Type).Width != 0 && (value.IsClean || (value.Bounds & Bounds.Upper) != 0) && ReadBehind(operand) is null;
    }

    /// <summary>The side of a comparison that the loop counts up to, or down from; null when the comparison limits no loop by itself.</summary>
    private IOperation? CountOf(LoopExit exit)
    {
        if (exit is not { Left: { } left, Right: { } right })
        {
            return null;
        }

        return exit.Kind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => CountOf(exit, right, left),
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => CountOf(exit, left, right),
            BinaryOperatorKind.NotEquals => CountOf(exit, left, right) ?? CountOf(exit, right, left),
            _ => null,
        };
    }

    private IOperation? CountOf(LoopExit exit, IOperation bound, IOperation counter)
    {
        if (!_evaluator.IsRefused(ValueUse.LoopBound, bound))
        {
            return null;
        }

        // A value that is compared with a constant runs the loop often only if it is counted itself: shifting it down ends soon.
        bool isCount = counter.ConstantValue.HasValue ? IsCounted(bound) : IsStepped(counter) || (exit.Kind != BinaryOperatorKind.NotEquals && IsOfTheStatement(exit));
        return isCount ? bound : null;
    }

    /// <summary>Whether a condition is what the loop's statement itself asks, and not a way out of its body.</summary>
    private static bool IsOfTheStatement(LoopExit exit)
    {
        SyntaxNode condition = exit.Condition.Syntax;
        while (condition.Parent is ExpressionSyntax outer)
        {
            condition = outer;
        }

        return condition.Parent?.Kind() is SyntaxKind.WhileStatement or SyntaxKind.DoStatement or SyntaxKind.ForStatement;
    }

    /// <summary>What a condition reads from the guest anew in each round, or follows through a chain of what it read; null when it depends on something else.</summary>
    private (IOperation Operand, TrackedValue Value)? AwaitedBy(LoopExit exit)
    {
        foreach (IOperation? side in exit.Left is null ? new[] { exit.Condition } : new[] { exit.Left, exit.Right })
        {
            if (side is not null && ReadBehind(side) is { } read)
            {
                return (side, _evaluator.ValueOf(read));
            }
        }

        return null;
    }

    /// <summary>The read of a guest's value that an operation contains and that can give something else each time.</summary>
    private IOperation? ReadIn(IOperation operation)
        => operation.DescendantsAndSelf().FirstOrDefault(part => _evaluator.ValueOf(part) is { IsClean: false } value && IsReadAnew(part, value));

    private bool IsReadAnew(IOperation part, TrackedValue value) => part switch
    {
        IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } => true,
        IInvocationOperation { TargetMethod: { ContainingType.Name: "Volatile" or "Interlocked" } method } when method.ContainingNamespace?.Name == "Threading" => true,
        IInvocationOperation => ReferenceEquals(value.Origin!.Syntax, part.Syntax),
        _ when _evaluator.PlaceOf(part) is { } place => place.IsReread,
        IMemberReferenceOperation { Instance.Kind: OperationKind.None } => true,
        IMemberReferenceOperation => ReferenceEquals(value.Origin!.Syntax, part.Syntax),
        _ => part.Kind == OperationKind.None && part.Syntax is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression },
    };

    /// <summary>The read of a guest's value that an operand is, or that a round leaves in the variable that it is.</summary>
    private IOperation? ReadBehind(IOperation operand) => ReadIn(operand) ?? (VariableIn(operand) is { } variable ? ReadInto(variable, new HashSet<Place>()) : null);

    private IOperation? ReadInto(Place variable, HashSet<Place> seen)
    {
        if (!seen.Add(variable))
        {
            return null;
        }

        foreach (IOperation operation in _operations)
        {
            if (operation is ISimpleAssignmentOperation assignment
                && ReferenceEquals(_evaluator.PlaceOf(assignment.Target), variable)
                && (ReadIn(assignment.Value) ?? (VariableIn(assignment.Value) is { } source ? ReadInto(source, seen) : null)) is { } read)
            {
                return read;
            }
        }

        return null;
    }

    /// <summary>The variable that an operand is, or is the bits of.</summary>
    private Place? VariableIn(IOperation operand)
    {
        while (true)
        {
            switch (operand)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operand = conversion.Operand;
                    continue;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift } masked:
                    operand = masked.LeftOperand;
                    continue;
                default:
                    return _evaluator.PlaceOf(operand);
            }
        }
    }

    /// <summary>Whether each round changes a variable by counting: up, down, or by a step.</summary>
    private bool IsCounted(IOperation operand) => Changes(operand, isCount: true);

    /// <summary>Whether a round changes a variable at all.</summary>
    private bool IsStepped(IOperation operand) => Changes(operand, isCount: false);

    private bool Changes(IOperation operand, bool isCount)
    {
        if (operand is IIncrementOrDecrementOperation or ICompoundAssignmentOperation)
        {
            return true;
        }

        if (VariableIn(operand) is not { } variable)
        {
            return false;
        }

        foreach (IOperation operation in _operations)
        {
            IOperation? target = operation switch
            {
                IIncrementOrDecrementOperation step => step.Target,
                ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } step => step.Target,
                ICompoundAssignmentOperation step when !isCount => step.Target,
                ISimpleAssignmentOperation assignment when !isCount || IsStepOf(assignment.Value, variable) => assignment.Target,
                _ => null,
            };
            if (target is not null && ReferenceEquals(_evaluator.PlaceOf(target), variable))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value is a variable's own and something added or taken away.</summary>
    private bool IsStepOf(IOperation value, Place variable)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        return value is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } sum
            && (ReferenceEquals(_evaluator.PlaceOf(sum.LeftOperand), variable) || ReferenceEquals(_evaluator.PlaceOf(sum.RightOperand), variable));
    }
}
