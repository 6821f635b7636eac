using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What a condition says of the values it compares, on the branch where it holds and on the other.</summary>
internal sealed class Conditions
{
    private readonly Evaluator _evaluator;

    public Conditions(Evaluator evaluator)
    {
        _evaluator = evaluator;
    }

    /// <summary>Splits a state by a condition that has been evaluated in it.</summary>
    public Split Of(IOperation condition, FlowState state)
    {
        ValueMap values = state.Values;
        if (condition.ConstantValue is { HasValue: true, Value: bool constant })
        {
            return constant ? new Split(values, null) : new Split(null, values);
        }

        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Of(negation.Operand, state).Negated;
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, state);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd } conjunction when IsBoolean(conjunction.Type):
                return And(Of(conjunction.LeftOperand, state), conjunction.RightOperand, state);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr } disjunction when IsBoolean(disjunction.Type):
                return Or(Of(disjunction.LeftOperand, state), disjunction.RightOperand, state);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals when equals.RightOperand.ConstantValue is { HasValue: true, Value: bool expected }:
                Split left = Of(equals.LeftOperand, state);
                return expected ? left : left.Negated;
            case IBinaryOperation binary when Arithmetic.IsComparison(binary.OperatorKind):
                return Compare(values, binary.LeftOperand, binary.OperatorKind, binary.RightOperand);
            case IIsPatternOperation isPattern:
                return Match(values, isPattern.Value, isPattern.Pattern);
            case IInvocationOperation call:
                return Test(values, call);
            case ISimpleAssignmentOperation assignment:
                return Of(assignment.Target, state);
            default:
                return _evaluator.PlaceOf(condition) is { } place ? state.SplitBy(place) : new Split(values, values);
        }
    }

    private static bool IsBoolean(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Boolean };

    private static BinaryOperatorKind Mirror(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };

    private static BinaryOperatorKind Negate(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.Equals => BinaryOperatorKind.NotEquals,
        BinaryOperatorKind.NotEquals => BinaryOperatorKind.Equals,
        _ => BinaryOperatorKind.None,
    };

    private Split And(Split left, IOperation right, FlowState state)
    {
        if (left.WhenTrue is null)
        {
            return left;
        }

        Split both = Of(right, state.Take(left.WhenTrue));
        return new Split(both.WhenTrue, ValueMap.Join(left.WhenFalse, both.WhenFalse));
    }

    private Split Or(Split left, IOperation right, FlowState state)
    {
        if (left.WhenFalse is null)
        {
            return left;
        }

        Split neither = Of(right, state.Take(left.WhenFalse));
        return new Split(ValueMap.Join(left.WhenTrue, neither.WhenTrue), neither.WhenFalse);
    }

    private Split Match(ValueMap values, IOperation value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return Compare(values, value, BinaryOperatorKind.Equals, constant.Value);
            case IRelationalPatternOperation relational:
                return Compare(values, value, relational.OperatorKind, relational.Value);
            case INegatedPatternOperation negated:
                return Match(values, value, negated.Pattern).Negated;
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } conjunction:
                Split left = Match(values, value, conjunction.LeftPattern);
                Split both = left.WhenTrue is null ? left : Match(left.WhenTrue, value, conjunction.RightPattern);
                return new Split(both.WhenTrue, ValueMap.Join(left.WhenFalse, both.WhenFalse));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } disjunction:
                Split first = Match(values, value, disjunction.LeftPattern);
                Split neither = first.WhenFalse is null ? first : Match(first.WhenFalse, value, disjunction.RightPattern);
                return new Split(ValueMap.Join(first.WhenTrue, neither.WhenTrue), neither.WhenFalse);
            case IRecursivePatternOperation recursive:
                return MatchMembers(values, value, recursive);
            default:
                return new Split(values, values);
        }
    }

    /// <summary>Members that all match say something of each; when one does not, nothing is known of which.</summary>
    private Split MatchMembers(ValueMap values, IOperation value, IRecursivePatternOperation pattern)
    {
        Place? outer = _evaluator.Places.PatternInput;
        _evaluator.Places.PatternInput = _evaluator.PlaceOf(value);
        ValueMap? whenTrue = values;
        if (_evaluator.Places.PatternInput is { } whole)
        {
            for (int position = 0; whenTrue is not null && position < pattern.DeconstructionSubpatterns.Length; position++)
            {
                IPatternOperation part = pattern.DeconstructionSubpatterns[position];
                if (Structure.MemberAt(pattern.MatchedType, position) is { } element)
                {
                    whenTrue = MatchPlace(whenTrue, _evaluator.Places.Member(whole, element, part.InputType, part.Syntax), part).WhenTrue;
                }
            }
        }

        foreach (IPropertySubpatternOperation member in pattern.PropertySubpatterns)
        {
            whenTrue = whenTrue is null ? null : Match(whenTrue, member.Member, member.Pattern).WhenTrue;
        }

        _evaluator.Places.PatternInput = outer;
        return new Split(whenTrue, values);
    }

    /// <summary>Matches what a place holds that no operation names: an element that a pattern takes apart.</summary>
    private Split MatchPlace(ValueMap values, Place place, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return ComparePlace(values, place, BinaryOperatorKind.Equals, constant.Value);
            case IRelationalPatternOperation relational:
                return ComparePlace(values, place, relational.OperatorKind, relational.Value);
            case INegatedPatternOperation negated:
                return MatchPlace(values, place, negated.Pattern).Negated;
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } conjunction:
                Split left = MatchPlace(values, place, conjunction.LeftPattern);
                Split both = left.WhenTrue is null ? left : MatchPlace(left.WhenTrue, place, conjunction.RightPattern);
                return new Split(both.WhenTrue, ValueMap.Join(left.WhenFalse, both.WhenFalse));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } disjunction:
                Split first = MatchPlace(values, place, disjunction.LeftPattern);
                Split neither = first.WhenFalse is null ? first : MatchPlace(first.WhenFalse, place, disjunction.RightPattern);
                return new Split(ValueMap.Join(first.WhenTrue, neither.WhenTrue), neither.WhenFalse);
            default:
                return new Split(values, values);
        }
    }

    private Split ComparePlace(ValueMap values, Place place, BinaryOperatorKind kind, IOperation other)
    {
        Operand operand = new(TrackedValue.Clean, other);
        return _evaluator.Policy.ComparisonsBound
            ? new Split(Learn(values, place, BoundsBy(kind, operand)), Learn(values, place, BoundsBy(Negate(kind), operand)))
            : new Split(values, values);
    }

    /// <summary>A method that says whether what it gave out, or was given, is fit.</summary>
    private Split Test(ValueMap values, IInvocationOperation call)
    {
        ValueMap whenTrue = values;
        if (_evaluator.Policy.Sanitizes(call.TargetMethod))
        {
            foreach (IArgumentOperation argument in call.Arguments)
            {
                if (argument.Parameter is { RefKind: RefKind.Out } && _evaluator.PlaceOf(argument.Value) is { } place)
                {
                    whenTrue = whenTrue.Refine(place, whenTrue[place], TrackedValue.Clean);
                }
            }
        }
        else if (_evaluator.Policy.ComparisonsBound && KnownMethods.Of(call.TargetMethod) == MethodEffect.TestsDefined)
        {
            foreach (IArgumentOperation argument in call.Arguments)
            {
                IOperation tested = argument.Value is IConversionOperation { OperatorMethod: null } boxing ? boxing.Operand : argument.Value;
                whenTrue = Bound(whenTrue, tested, BinaryOperatorKind.Equals, new Operand(TrackedValue.Clean, tested));
            }
        }

        return new Split(whenTrue, values);
    }

    private Split Compare(ValueMap values, IOperation left, BinaryOperatorKind kind, IOperation right)
    {
        if (!_evaluator.Policy.ComparisonsBound)
        {
            return new Split(values, values);
        }

        return new Split(Both(values, left, kind, right), Both(values, left, Negate(kind), right));
    }

    private ValueMap Both(ValueMap values, IOperation left, BinaryOperatorKind kind, IOperation right)
    {
        Operand leftOperand = new(_evaluator.Peek(left, values), left);
        Operand rightOperand = new(_evaluator.Peek(right, values), right);
        return Bound(Bound(values, left, kind, rightOperand), right, Mirror(kind), leftOperand);
    }

    /// <summary>What a comparison says of the value that an expression was made from.</summary>
    private ValueMap Bound(ValueMap values, IOperation operation, BinaryOperatorKind kind, Operand other)
    {
        if (!other.CanBound)
        {
            return values;
        }

        bool isUpper = kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.Equals;
        while (true)
        {
            switch (operation)
            {
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    continue;
                case ISimpleAssignmentOperation assignment:
                    operation = assignment.Target;
                    continue;
                case IConversionOperation { OperatorMethod: null } conversion:
                    IntegerType source = IntegerType.Of(conversion.Operand.Type);
                    IntegerType target = IntegerType.Of(conversion.Type);
                    if (source.Width == 0 || source.KeepsEveryValueIn(target))
                    {
                        operation = conversion.Operand;
                        continue;
                    }

                    if (source.IsSigned && !target.IsSigned && target.Width >= source.Width)
                    {
                        // The idiom of one unsigned comparison for both ends of an index.
                        return isUpper ? Learn(values, conversion.Operand, Bounds.Upper | Bounds.NotNegative) : values;
                    }

                    return LearnNarrowed(values, conversion, BoundsBy(kind, other));
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift or BinaryOperatorKind.Divide } part
                    when isUpper && _evaluator.Peek(part.RightOperand, values).IsClean:
                    return Learn(values, part.LeftOperand, Bounds.Upper);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } distance
                    when isUpper && !IntegerType.Of(distance.Type).IsSigned && _evaluator.Peek(distance.RightOperand, values).IsClean:
                    return Learn(values, distance.LeftOperand, Bounds.Upper | Bounds.Floor);
                case IBinaryOperation widened when isUpper && CannotWrap(widened):
                    return LearnParts(values, widened);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.And } masked
                    when kind == BinaryOperatorKind.Equals && CoversTheHighBits(masked.RightOperand):
                    return Learn(values, masked.LeftOperand, Bounds.Upper | Bounds.NotNegative);
                default:
                    if (kind == BinaryOperatorKind.Equals && other.Value.IsClean)
                    {
                        return _evaluator.PlaceOf(operation) is { } place ? values.Refine(place, values[place], TrackedValue.Clean) : values;
                    }

                    return Learn(values, operation, BoundsBy(kind, other));
            }
        }
    }

    private static Bounds BoundsBy(BinaryOperatorKind kind, Operand other)
    {
        switch (kind)
        {
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual:
                return Bounds.Upper;
            case BinaryOperatorKind.Equals:
                return other.Value.IsClean ? Bounds.All : other.Value.Bounds;
            case BinaryOperatorKind.NotEquals when other.IsZero && !other.Type.IsSigned:
                return Bounds.Floor;
            case BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual when other.Constant is { } constant:
                bool isNegative = other.Type.IsSigned && (other.Type.BitsOf(constant) >> (other.Type.Width - 1)) != 0;
                bool isMinusOne = isNegative && other.Type.BitsOf(constant) == other.Type.Mask;
                if (isNegative)
                {
                    return isMinusOne && kind == BinaryOperatorKind.GreaterThan ? Bounds.NotNegative : Bounds.None;
                }

                return other.IsZero && kind == BinaryOperatorKind.GreaterThanOrEqual ? Bounds.NotNegative : Bounds.NotNegative | Bounds.Floor;
            case BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual when other.Value.IsClean:
                return Bounds.NotNegative | Bounds.Floor;
            default:
                return Bounds.None;
        }
    }

    /// <summary>
    /// Whether a sum, a product or a shift of numbers that were widened first is what it looks like: then none of them is above it. In their own width it
    /// could wrap around, and say nothing.
    /// </summary>
    private static bool CannotWrap(IBinaryOperation operation)
    {
        IntegerType type = IntegerType.Of(operation.Type);
        int room = type.Width - (type.IsSigned ? 1 : 0);
        return operation.OperatorKind switch
        {
            BinaryOperatorKind.Add => WidthOf(operation.LeftOperand) is > 0 and var left && WidthOf(operation.RightOperand) is > 0 and var right && System.Math.Max(left, right) < room,
            BinaryOperatorKind.Multiply => WidthOf(operation.LeftOperand) is > 0 and var left && WidthOf(operation.RightOperand) is > 0 and var right && left + right <= room,
            BinaryOperatorKind.LeftShift => WidthOf(operation.LeftOperand) is > 0 and var left && operation.RightOperand.ConstantValue is { HasValue: true, Value: int and >= 0 and var count }
                && left + count <= room,
            _ => false,
        };
    }

    /// <summary>How many bits a number can have that is no negative one: of its type before it was widened, or of a constant; 0 when that is not known.</summary>
    private static int WidthOf(IOperation operand)
    {
        while (operand is IParenthesizedOperation parenthesized)
        {
            operand = parenthesized.Operand;
        }

        if (operand.ConstantValue is { HasValue: true, Value: { } constant })
        {
            ulong? number = RegisterBlocks.ValueOf(constant);
            int width = 1;
            for (ulong rest = number ?? 0; rest > 1; rest >>= 1)
            {
                width++;
            }

            return number is null ? 0 : width;
        }

        return operand is IConversionOperation { OperatorMethod: null } widening
            && IntegerType.Of(widening.Operand.Type) is { IsSigned: false, Width: > 0 } narrow
            && narrow.KeepsEveryValueIn(IntegerType.Of(widening.Type))
            ? narrow.Width
            : 0;
    }

    private ValueMap LearnParts(ValueMap values, IBinaryOperation operation)
    {
        ValueMap learned = Learn(values, operation.LeftOperand, Bounds.Upper);
        return operation.OperatorKind == BinaryOperatorKind.LeftShift ? learned : Learn(learned, operation.RightOperand, Bounds.Upper);
    }

    /// <summary>Whether a mask has all bits from some bit on: when they are known, what is below them is small.</summary>
    private static bool CoversTheHighBits(IOperation mask)
    {
        IntegerType type = IntegerType.Of(mask.Type);
        if (mask.ConstantValue is not { HasValue: true, Value: { } constant } || type.Width == 0)
        {
            return false;
        }

        ulong dropped = ~type.BitsOf(constant) & type.Mask;
        return (dropped & (dropped + 1)) == 0 && dropped != type.Mask;
    }

    private ValueMap Learn(ValueMap values, IOperation operation, Bounds bounds)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion
            && IntegerType.Of(conversion.Operand.Type).KeepsEveryValueIn(IntegerType.Of(conversion.Type)))
        {
            operation = conversion.Operand;
        }

        return _evaluator.PlaceOf(operation) is { } place ? Learn(values, place, bounds) : values;
    }

    private static ValueMap Learn(ValueMap values, Place place, Bounds bounds)
    {
        TrackedValue value = values[place];
        return value.IsClean || (value.Bounds | bounds) == value.Bounds ? values : values.Refine(place, value, value.WithBounds(value.Bounds | bounds));
    }

    private ValueMap LearnNarrowed(ValueMap values, IConversionOperation conversion, Bounds bounds)
    {
        if (conversion.Type is null || _evaluator.PlaceOf(conversion.Operand) is not { } place || values[place].IsClean)
        {
            return values;
        }

        Place narrowed = _evaluator.Places.Narrowed(place, conversion.Type);
        TrackedValue value = values.Holds(narrowed) ? values[narrowed] : _evaluator.Peek(conversion, values);
        return values.Refine(narrowed, value.WithIdentity(null), value.WithIdentity(null).WithBounds(value.Bounds | bounds));
    }
}
