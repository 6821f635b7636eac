using System.Collections.Generic;
using System.Linq;
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
            case IBinaryOperation { LeftOperand: IInvocationOperation { TargetMethod.Name: "CompareTo", Instance: { } compared, Arguments: { Length: 1 } arguments }, RightOperand.ConstantValue: { HasValue: true, Value: 0 } } order
                when IntegerType.Of(compared.Type).Width != 0 && Arithmetic.IsComparison(order.OperatorKind):
                return Compare(values, compared, order.OperatorKind, arguments[0].Value);
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

    /// <summary>Splits by two conditions that are both evaluated: of <c>&amp;=</c> and <c>|=</c>.</summary>
    public Split? Of(BinaryOperatorKind kind, IOperation left, IOperation right, FlowState state) => kind switch
    {
        BinaryOperatorKind.And => And(Of(left, state), right, state),
        BinaryOperatorKind.Or => Or(Of(left, state), right, state),
        _ => null,
    };

    /// <summary>What is known where a comparison holds.</summary>
    public ValueMap Assume(ValueMap values, IOperation left, BinaryOperatorKind kind, IOperation right)
        => _evaluator.Policy.ComparisonsBound && kind != BinaryOperatorKind.None ? Both(values, left, kind, right) : values;

    private static bool IsBoolean(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Boolean };

    private static BinaryOperatorKind Mirror(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };

    public static BinaryOperatorKind Negate(BinaryOperatorKind kind) => kind switch
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
            case IListPatternOperation list:
                return new Split(list.Patterns.Aggregate(values, MatchElement), values);
            default:
                return new Split(values, values);
        }
    }

    /// <summary>An element has no place of its own; a variable that is declared for it has, and knows what is asked of it beside.</summary>
    private ValueMap MatchElement(ValueMap values, IPatternOperation pattern)
    {
        List<IPatternOperation> asked = new();
        Queue<IPatternOperation> pending = new([pattern]);
        while (pending.Count > 0)
        {
            IPatternOperation part = pending.Dequeue();
            if (part is IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } conjunction)
            {
                pending.Enqueue(conjunction.LeftPattern);
                pending.Enqueue(conjunction.RightPattern);
            }
            else
            {
                asked.Add(part);
            }
        }

        ValueMap? known = values;
        foreach (IPatternOperation part in asked)
        {
            if (part is IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local })
            {
                Place place = _evaluator.Places.Local(local, part.Syntax);
                foreach (IPatternOperation condition in asked)
                {
                    known = known is null ? null : MatchPlace(known, place, condition).WhenTrue;
                }
            }
        }

        return known ?? values;
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
        else if (_evaluator.Policy.ComparisonsBound && call is { TargetMethod.Name: "Equals", Instance: { } compared, Arguments: { Length: 1 } given } && IntegerType.Of(compared.Type).Width != 0)
        {
            return Compare(values, compared, BinaryOperatorKind.Equals, given[0].Value);
        }
        else if (_evaluator.Policy.ComparisonsBound && KnownMethods.Of(call.TargetMethod) == MethodEffect.TestsMembership)
        {
            whenTrue = TestMembership(values, call);
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

    /// <summary>A value that is among those of a collection that no guest filled is one of a few.</summary>
    private ValueMap TestMembership(ValueMap values, IInvocationOperation call)
    {
        IOperation? collection = call.Instance ?? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
        IOperation? asked = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == (call.Instance is null ? 1 : 0))?.Value;
        return collection is not null && asked is not null && _evaluator.Peek(collection, values).IsClean
            ? Bound(values, asked, BinaryOperatorKind.Equals, new Operand(TrackedValue.Clean, asked))
            : values;
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
        ValueMap bounded = Bound(Bound(values, left, kind, rightOperand), right, Mirror(kind), leftOperand);
        ValueMap summed = LearnOfSum(LearnOfSum(bounded, left, kind, right), right, Mirror(kind), left);
        return LearnOfRoom(LearnOfRoom(summed, left, kind, right), right, Mirror(kind), left);
    }

    /// <summary>Whether it was tested that two places can be added without wrapping around.</summary>
    public bool IsKnownToFit(ValueMap values, Place left, Place right) => IsKnown(values, _evaluator.Places.Fit(left, right)) || IsKnown(values, _evaluator.Places.Fit(right, left));

    private static bool IsKnown(ValueMap values, Place fit) => values.Holds(fit) && values[fit].IsClean;

    /// <summary>What is not above the largest number less another can be added to it.</summary>
    private ValueMap LearnOfRoom(ValueMap values, IOperation operation, BinaryOperatorKind kind, IOperation room)
    {
        bool isRoom = kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
            && room is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand.ConstantValue: { HasValue: true, Value: { } largest } }
            && IntegerType.Of(room.Type) is { IsSigned: false } type
            && type.BitsOf(largest) == type.Mask;
        return isRoom
            && _evaluator.PlaceOf(Unwidened(operation)) is { IsShared: false, IsReread: false } left
            && _evaluator.PlaceOf(((IBinaryOperation)room).RightOperand) is { IsShared: false, IsReread: false } right
            ? values.Replace(_evaluator.Places.Fit(left, right), TrackedValue.Clean)
            : values;
    }

    /// <summary>A sum that is not below what was added did not wrap around; if it is not above something trusted either, neither are its parts.</summary>
    private ValueMap LearnOfSum(ValueMap values, IOperation operation, BinaryOperatorKind kind, IOperation other)
    {
        if (SumIn(operation, values) is not { } sum)
        {
            return values;
        }

        Place? part = _evaluator.PlaceOf(Unwidened(other));
        bool isPart = part is not null && (ReferenceEquals(part, sum.Parent) || ReferenceEquals(part, sum.Key));
        ValueMap learned = isPart && kind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual ? Learn(values, sum, Bounds.NoWrap) : values;
        const Bounds Both = Bounds.NoWrap | Bounds.Upper;
        if ((learned[sum].Bounds & Both) != Both)
        {
            return learned;
        }

        learned = Learn(learned, sum.Parent!, Bounds.Below);
        return sum.Key is Place term ? Learn(learned, term, Bounds.Below) : learned;
    }

    /// <summary>The sum that an operation is, or is a copy of; null for anything else.</summary>
    private Place? SumIn(IOperation operation, ValueMap values)
    {
        Place? sum = _evaluator.SumOf(operation) ?? (_evaluator.PlaceOf(operation) is { } place ? values[place].Identity as Place : null);
        return sum is { Parent: not null, Key: Place or string } && values.Holds(sum) ? sum : null;
    }

    private static IOperation Unwidened(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion
            && IntegerType.Of(conversion.Operand.Type).KeepsEveryValueIn(IntegerType.Of(conversion.Type)))
        {
            operation = conversion.Operand;
        }

        return operation;
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
                        return isUpper ? Learn(values, conversion.Operand, BoundsBy(kind, other) | Bounds.NotNegative) : values;
                    }

                    return LearnNarrowed(values, conversion, BoundsBy(kind, other));
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift or BinaryOperatorKind.Divide } part
                    when isUpper && _evaluator.Peek(part.RightOperand, values).IsClean:
                    return Learn(values, part.LeftOperand, Bounds.Below);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } distance
                    when isUpper && !IntegerType.Of(distance.Type).IsSigned && _evaluator.Peek(distance.RightOperand, values).IsClean:
                    return Learn(values, distance.LeftOperand, Bounds.Below | Bounds.Floor);
                case IBinaryOperation widened when isUpper && CannotWrap(widened):
                    return LearnParts(values, widened);
                case IIncrementOrDecrementOperation { Kind: OperationKind.Increment, Target: { } stepped } when isUpper:
                    return Learn(values, stepped, Bounds.Below);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.And } masked
                    when kind == BinaryOperatorKind.Equals && CoversTheHighBits(masked.RightOperand):
                    return Learn(values, masked.LeftOperand, Bounds.Below | Bounds.NotNegative);
                default:
                    if (kind == BinaryOperatorKind.Equals && other.Value.IsClean)
                    {
                        return _evaluator.PlaceOf(operation) is { IsReread: false } place ? values.Refine(place, values[place], TrackedValue.Clean) : values;
                    }

                    return Learn(values, operation, BoundsBy(kind, other));
            }
        }
    }

    private static Bounds BoundsBy(BinaryOperatorKind kind, Operand other)
    {
        switch (kind)
        {
            case BinaryOperatorKind.LessThan:
                return Bounds.Below;
            case BinaryOperatorKind.LessThanOrEqual:
                return other.IsExtent || (other.Value.Bounds & Bounds.Within) == 0 ? Bounds.Upper : Bounds.Below;
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
        ValueMap learned = Learn(values, operation.LeftOperand, Bounds.Below);
        return operation.OperatorKind == BinaryOperatorKind.LeftShift ? learned : Learn(learned, operation.RightOperand, Bounds.Below);
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

    /// <summary>What is known when an operation's value is bounded like this.</summary>
    public ValueMap Learn(ValueMap values, IOperation operation, Bounds bounds)
    {
        IOperation source = Unwidened(operation);
        return (_evaluator.PlaceOf(source) ?? SumIn(source, values)) is { } place ? Learn(values, place, bounds) : values;
    }

    private static ValueMap Learn(ValueMap values, Place place, Bounds bounds)
    {
        TrackedValue value = values[place];
        return value.IsClean || place.IsReread || (value.Bounds | bounds) == value.Bounds ? values : values.Refine(place, value, value.WithBounds(value.Bounds | bounds));
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
