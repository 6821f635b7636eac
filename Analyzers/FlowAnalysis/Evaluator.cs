using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Runs operations on a state: what each gives, what it writes, and where a value arrives that must not.</summary>
internal sealed class Evaluator
{
    private readonly Dictionary<IOperation, TrackedValue> _results = new();
    private readonly Dictionary<CaptureId, IOperation> _captured = new();
    private readonly Dictionary<ISymbol, List<NestedFunction>> _held = new(SymbolEqualityComparer.Default);
    private readonly NestedFunctions _functions;
    private readonly Conditions _conditions;

    public Evaluator(FlowPolicy policy, PlaceTable places, NestedFunctions functions)
    {
        Policy = policy;
        Places = places;
        _functions = functions;
        _conditions = new Conditions(this);
    }

    public FlowPolicy Policy { get; }

    public PlaceTable Places { get; }

    public FlowState State { get; set; } = FlowState.Empty;

    /// <summary>The graph that the operations belong to, for the functions that are nested in it.</summary>
    public ControlFlowGraph? Graph { get; set; }

    /// <summary>The nested function that is being run; null in the method itself.</summary>
    public NestedFunction? Function { get; set; }

    /// <summary>Where arrivals are noted; null while the states are still on their way to the fixpoint.</summary>
    public List<Arrival>? Arrivals { get; set; }

    /// <summary>Whether a call has been made that does not come back: what follows in its block never runs.</summary>
    public bool HasEnded { get; set; }

    public Split SplitBy(IOperation condition) => _conditions.Of(condition, State);

    /// <summary>What an operation gave when it was evaluated last.</summary>
    public TrackedValue ValueOf(IOperation operation) => _results.TryGetValue(operation, out TrackedValue? value) ? value : TrackedValue.Clean;

    /// <summary>The place that an operation names, through ref locals.</summary>
    public Place? PlaceOf(IOperation operation)
    {
        Place? place = Places.Of(operation);
        for (Place? part = place; part is not null; part = part.Parent)
        {
            if (State.Resolve(part) is var meant && !ReferenceEquals(meant, part))
            {
                return Places.Moved(place!, part, meant, operation.Syntax);
            }
        }

        return place;
    }

    /// <summary>What an operation that has been evaluated gives, without doing it again.</summary>
    public TrackedValue Peek(IOperation operation, ValueMap values)
    {
        if (operation.ConstantValue.HasValue)
        {
            return TrackedValue.Clean;
        }

        if (PlaceOf(operation) is { } place)
        {
            return values.Whole(place);
        }

        return operation is IConversionOperation { OperatorMethod: null } conversion
            ? Convert(Peek(conversion.Operand, values), conversion)
            : _results.TryGetValue(operation, out TrackedValue? result) ? result : TrackedValue.Clean;
    }

    public TrackedValue Evaluate(IOperation operation)
    {
        TrackedValue value = operation.ConstantValue.HasValue ? TrackedValue.Clean : Run(operation);
        _results[operation] = value;
        return value;
    }

    private TrackedValue Run(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or IInstanceReferenceOperation:
                return Read(operation);
            case IFieldReferenceOperation field:
                return Member(field, field.Instance, field.Field);
            case IPropertyReferenceOperation property:
                EvaluateIndices(property);
                return Member(property, property.Instance, property.Property);
            case IArrayElementReferenceOperation element:
                EvaluateIndices(element);
                return Evaluate(element.ArrayReference).WithIdentity(null);
            case IInlineArrayAccessOperation element:
                EvaluateIndices(element);
                return Evaluate(element.Instance).WithIdentity(null);
            case IImplicitIndexerReferenceOperation indexer:
                EvaluateIndices(indexer);
                return Evaluate(indexer.Instance).WithIdentity(null);
            case IConversionOperation conversion:
                return Convert(conversion);
            case IRangeOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat }:
                return operation.ChildOperations.Aggregate(TrackedValue.Clean, (joined, end) => TrackedValue.Join(joined, AsPart(Evaluate(end), end.Type))).WithIdentity(null);
            case IUnaryOperation unary:
                return Evaluate(unary.Operand).WithIdentity(null).WithBounds(Bounds.None);
            case IInterpolatedStringOperation text:
                return TextOf(text);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                return TrackedValue.Join(TextOf(sum.LeftOperand), TextOf(sum.RightOperand)).WithIdentity(null);
            case IBinaryOperation binary:
                Operand left = new(Evaluate(binary.LeftOperand), binary.LeftOperand);
                Operand right = new(Evaluate(binary.RightOperand), binary.RightOperand);
                NoteUses(binary);
                return Sum(binary, Arithmetic.Apply(binary.OperatorKind, left, right, binary.Type));
            case ISimpleAssignmentOperation { IsRef: true } assignment:
                return AssignReference(assignment);
            case ISimpleAssignmentOperation assignment:
                return Assign(assignment);
            case ICompoundAssignmentOperation compound:
                return AssignCompound(compound);
            case IIncrementOrDecrementOperation step:
                return Step(step);
            case IDeconstructionAssignmentOperation deconstruction:
                return Deconstruct(deconstruction);
            case IFlowCaptureOperation capture:
                return Capture(capture);
            case IInvocationOperation call:
                return Call(call);
            case IObjectCreationOperation creation:
                return Create(creation);
            case IIsPatternOperation isPattern:
                Declare(isPattern.Pattern, Evaluate(isPattern.Value));
                return TrackedValue.Clean;
            case IFlowAnonymousFunctionOperation lambda:
                return Nested(lambda);
            case ITupleOperation or IArrayInitializerOperation or ICollectionExpressionOperation or ISpreadOperation or IAwaitOperation
                or IExpressionStatementOperation or IParenthesizedOperation or IAddressOfOperation or IDeclarationExpressionOperation or IArgumentOperation:
                return EvaluateAll(operation.ChildOperations).WithIdentity(null);
            case IArrayCreationOperation creation:
                return CreateArray(creation);
            default:
                TrackedValue children = EvaluateAll(operation.ChildOperations);
                NoteUses(operation);
                return operation.Kind == OperationKind.None ? children.WithIdentity(null) : TrackedValue.Clean;
        }
    }

    /// <summary>The place that stands for a sum of two others, so that what a comparison says of the sum is known of all its copies; null for any other operation.</summary>
    public Place? SumOf(IOperation operation)
    {
        if (operation is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null } sum || IntegerType.Of(sum.Type) is not { IsSigned: false, Width: > 0 })
        {
            return null;
        }

        Place? left = TermOf(sum.LeftOperand);
        Place? right = TermOf(sum.RightOperand);
        return left is not null && (right is not null || sum.RightOperand.ConstantValue.HasValue) ? Places.Sum(left, (object?)right ?? "+" + sum.RightOperand.ConstantValue.Value)
            : right is not null && sum.LeftOperand.ConstantValue.HasValue ? Places.Sum(right, "+" + sum.LeftOperand.ConstantValue.Value)
            : null;
    }

    /// <summary>What is added, if nobody else can change it between two looks.</summary>
    private Place? TermOf(IOperation operand)
    {
        while (operand is IConversionOperation { OperatorMethod: null } widening && IntegerType.Of(widening.Operand.Type).KeepsEveryValueIn(IntegerType.Of(widening.Type)))
        {
            operand = widening.Operand;
        }

        return PlaceOf(operand) is { IsShared: false, IsReread: false } place ? place : null;
    }

    private TrackedValue Sum(IBinaryOperation operation, TrackedValue value)
    {
        if (value.IsClean || SumOf(operation) is not { } sum)
        {
            return value;
        }

        if (!State.Values.Holds(sum))
        {
            TrackedValue named = value.WithIdentity(sum);
            bool fits = operation.IsChecked || (sum.Key is Place term && _conditions.IsKnownToFit(State.Values, sum.Parent!, term));
            State = State.Set(sum, fits ? named.WithBounds(named.Bounds | Bounds.NoWrap) : named);
        }

        return State.Values[sum];
    }

    /// <summary>A string is what the texts in it are; the digits of a number are nobody's text.</summary>
    private TrackedValue TextOf(IInterpolatedStringOperation text)
    {
        TrackedValue joined = TrackedValue.Clean;
        foreach (IInterpolatedStringContentOperation part in text.Parts)
        {
            foreach (IOperation child in part.ChildOperations)
            {
                joined = TrackedValue.Join(joined, TextOf(child));
            }
        }

        return joined.WithIdentity(null);
    }

    private TrackedValue TextOf(IOperation operation)
    {
        TrackedValue value = Evaluate(operation);
        ITypeSymbol? type = operation is IConversionOperation { OperatorMethod: null } conversion ? conversion.Operand.Type : operation.Type;
        return type?.SpecialType == SpecialType.System_Char || IntegerType.Of(type).Width == 0 ? value : TrackedValue.Clean;
    }

    private TrackedValue EvaluateAll(IEnumerable<IOperation> operations)
    {
        TrackedValue joined = TrackedValue.Clean;
        foreach (IOperation operation in operations)
        {
            joined = TrackedValue.Join(joined, Evaluate(operation));
        }

        return joined;
    }

    /// <summary>Evaluates what says which element is meant, and notes it.</summary>
    private void EvaluateIndices(IOperation access)
    {
        switch (access)
        {
            case IArrayElementReferenceOperation element:
                EvaluateAll(element.Indices);
                foreach (IOperation index in element.Indices)
                {
                    NoteElement(index);
                }

                break;
            case IInlineArrayAccessOperation element:
                Evaluate(element.Argument);
                NoteElement(element.Argument);
                break;
            case IImplicitIndexerReferenceOperation indexer:
                Evaluate(indexer.Argument);
                NoteIndex(indexer.Argument);
                break;
            case IPropertyReferenceOperation property:
                EvaluateAll(property.Arguments);
                NoteArguments(property.Arguments);
                break;
            default:
                break;
        }
    }

    private void NoteArguments(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (Arrivals is null || argument.Parameter is not { } parameter)
            {
                continue;
            }

            if (Indexing.IsIndex(parameter))
            {
                if (parameter.ContainingSymbol is IPropertySymbol)
                {
                    NoteElement(argument.Value);
                }
                else
                {
                    NoteIndex(argument.Value);
                }
            }
            else if (Allocation.IsSize(parameter))
            {
                Note(argument.Value, ValueUse.AllocationSize);
            }
            else if (Allocation.IsCount(parameter))
            {
                Note(argument.Value, ValueUse.LoopBound);
            }
        }
    }

    /// <summary>An element's index must be below the number of elements; what says where a part begins or ends may be that number.</summary>
    private void NoteElement(IOperation index)
    {
        if (IntegerType.Of(index.Type).Width != 0 && !IsRefused(ValueUse.Index, index))
        {
            Note(index, ValueUse.Element);
        }
        else
        {
            NoteIndex(index);
        }
    }

    private void NoteIndex(IOperation index)
    {
        switch (index)
        {
            case IRangeOperation range:
                foreach (IOperation end in range.ChildOperations)
                {
                    NoteIndex(end);
                }

                break;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd:
                NoteIndex(fromEnd.Operand);
                break;
            case IConversionOperation { OperatorMethod: not null } position:
                NoteIndex(position.Operand);
                break;
            default:
                Note(index, ValueUse.Index);
                break;
        }
    }

    private void NoteUses(IBinaryOperation binary)
    {
        if (Arrivals is null)
        {
            return;
        }

        if (IsShift(binary.OperatorKind))
        {
            Note(binary.RightOperand, ValueUse.ShiftCount);
        }
        else if (Indexing.OfPointer(binary) is { } offset)
        {
            Note(offset, ValueUse.Index);
        }
    }

    private void NoteUses(IOperation operation)
    {
        if (Arrivals is null)
        {
            return;
        }

        if (Indexing.OfPointer(operation) is { } index)
        {
            Note(index, ValueUse.Index);
        }
        else if (operation is { Kind: OperationKind.None, Syntax: StackAllocArrayCreationExpressionSyntax, ChildOperations.Count: > 0 })
        {
            Note(operation.ChildOperations.First(), ValueUse.AllocationSize);
        }
    }

    private static bool IsShift(BinaryOperatorKind kind)
        => kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;

    private TrackedValue CreateArray(IArrayCreationOperation creation)
    {
        TrackedValue parts = EvaluateAll(creation.ChildOperations).WithIdentity(null);
        foreach (IOperation size in creation.DimensionSizes)
        {
            Note(size, ValueUse.AllocationSize);
        }

        return parts;
    }

    private void Note(IOperation operation, ValueUse use)
    {
        if (Arrivals is not null && IsRefused(use, operation))
        {
            Note(operation, use, ValueOf(Given(operation)));
        }
    }

    /// <summary>Notes a value that is used where its policy refuses it.</summary>
    public void Note(IOperation operation, ValueUse use, TrackedValue value) => Arrivals?.Add(new Arrival(WholeOf(Given(operation).Syntax), use, value));

    /// <summary>Whether what an operation gave must not be used like this.</summary>
    public bool IsRefused(ValueUse use, IOperation operation)
        => Given(operation) is var given && ValueOf(given) is { IsClean: false } value && Policy.Refuses(use, value, given.Type);

    /// <summary>The width that counts is that of what the guest gave, not of what an operator widens it to.</summary>
    private static IOperation Given(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } widening
            && IntegerType.Of(widening.Operand.Type).KeepsEveryValueIn(IntegerType.Of(widening.Type)))
        {
            operation = widening.Operand;
        }

        return operation;
    }

    private TrackedValue Read(IOperation operation) => PlaceOf(operation) is { } place ? Read(place, operation) : TrackedValue.Clean;

    private TrackedValue Read(Place place, IOperation operation)
    {
        State = State.Identify(place, operation);
        return State.Values.Whole(place);
    }

    private TrackedValue Member(IOperation operation, IOperation? instance, ISymbol member)
    {
        if (instance is not null)
        {
            Evaluate(instance);
        }

        if (PlaceOf(operation) is { } place)
        {
            return IsExtent(member) ? TrackedValue.Clean : Read(place, operation);
        }

        if (Policy.DefaultOf(member, operation.Type, operation.Syntax) is { } value)
        {
            return value;
        }

        bool isPartOfInstance = instance?.Type is { } type && (type.IsValueType || type.TypeKind == TypeKind.Array || IsElement(member)) && !IsExtent(member);
        return isPartOfInstance ? _results[instance!].WithIdentity(null) : TrackedValue.Clean;
    }

    /// <summary>How much there is of something is known to whoever made it, not to whoever filled it.</summary>
    private static bool IsExtent(ISymbol member) => member is IPropertySymbol { Name: "Length" or "Count" or "IsEmpty" or "LongLength" };

    /// <summary>What an enumerator stands at.</summary>
    private static bool IsElement(ISymbol member) => member is IPropertySymbol { Name: "Current" };

    private TrackedValue Convert(IConversionOperation conversion)
    {
        TrackedValue value = Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is { } method && Policy.Sanitizes(method))
        {
            return TrackedValue.Clean;
        }

        if (!value.IsClean && conversion.Type is { } type && PlaceOf(conversion.Operand) is { } place)
        {
            Place narrowed = Places.Narrowed(place, type);
            if (State.Values.Holds(narrowed))
            {
                return State.Values[narrowed];
            }
        }

        return Convert(value, conversion);
    }

    private static TrackedValue Convert(TrackedValue value, IConversionOperation conversion)
    {
        IntegerType source = IntegerType.Of(conversion.Operand.Type);
        IntegerType target = IntegerType.Of(conversion.Type);
        TrackedValue converted = value.WithBounds(source.Convert(value.Bounds, target));
        bool isSame = source.Width == 0 || target.Width == 0 || source.KeepsEveryValueIn(target);
        return isSame ? converted : converted.WithIdentity(null);
    }

    private TrackedValue Assign(ISimpleAssignmentOperation assignment)
    {
        EvaluateTarget(assignment.Target);
        TrackedValue value = Evaluate(assignment.Value);
        Hold(assignment.Target, assignment.Value);
        Split? split = SplitOf(assignment.Value);
        KeyValuePair<Place, TrackedValue>[] parts = MembersOf(assignment.Value);
        Write(assignment.Target, value, assignment.Value, split);
        SetParts(assignment.Target, assignment.Value, parts);
        return Places.Of(assignment.Target) is null ? value : Reread(assignment.Target, value);
    }

    /// <summary>What is known one by one of the members of what is copied, before the copy may overwrite it.</summary>
    private KeyValuePair<Place, TrackedValue>[] MembersOf(IOperation source)
        => source.Type is { IsValueType: true, SpecialType: SpecialType.None } && PlaceOf(source) is { } place ? [.. State.Values.Under(place)] : [];

    /// <summary>Says of the members of a tuple or a struct what each holds, where that is known better than of the whole.</summary>
    private void SetParts(IOperation target, IOperation source, KeyValuePair<Place, TrackedValue>[] members)
    {
        if (target.Type is not { IsValueType: true, SpecialType: SpecialType.None } || PlaceOf(target) is not { } place || State.Values.Whole(place).IsClean)
        {
            return;
        }

        ImmutableArray<IOperation> parts = Structure.PartsOf(source);
        if (!parts.IsDefault)
        {
            SetParts(place, target.Type, parts, source.Syntax);
        }
        else if (members.Length > 0 && PlaceOf(source) is { } origin && !ReferenceEquals(origin, place) && !place.IsUnder(origin))
        {
            Set(place, State.Values[origin]);
            foreach (KeyValuePair<Place, TrackedValue> member in members)
            {
                Set(Places.Moved(member.Key, origin, place, source.Syntax), member.Value);
            }
        }
    }

    private void SetParts(Place place, ITypeSymbol type, ImmutableArray<IOperation> parts, SyntaxNode syntax)
    {
        (Place Member, TrackedValue Value)[] known = new (Place, TrackedValue)[parts.Length];
        for (int position = 0; position < parts.Length; position++)
        {
            if (Structure.MemberAt(type, position) is not { } member || !_results.TryGetValue(parts[position], out TrackedValue? value))
            {
                return;
            }

            known[position] = (Places.Member(place, member, parts[position].Type, syntax), value);
        }

        Set(place, TrackedValue.Clean);
        foreach ((Place member, TrackedValue value) in known)
        {
            Set(member, value);
        }
    }

    /// <summary>The value of an assignment, named so that <c>x = y = Source()</c> makes two copies of one value.</summary>
    private TrackedValue Reread(IOperation target, TrackedValue value) => value.IsClean ? value : Read(target);

    private TrackedValue AssignReference(ISimpleAssignmentOperation assignment)
    {
        TrackedValue value = Evaluate(assignment.Value);
        if (Places.Of(assignment.Target) is { } local)
        {
            // A reference to something that no variable holds leads into memory of somebody: each read of it is a new one.
            State = Places.Of(assignment.Value) is { } target ? State.Alias(local, target)
                : value.IsClean ? State.Set(local, value)
                : State.Alias(local, Places.Reread(local, value));
        }

        return value;
    }

    private TrackedValue AssignCompound(ICompoundAssignmentOperation compound)
    {
        Operand left = new(Evaluate(compound.Target), compound.Target);
        Operand right = new(Evaluate(compound.Value), compound.Value);
        TrackedValue value = Arithmetic.Apply(compound.OperatorKind, left, right, compound.Type);
        if (IsShift(compound.OperatorKind))
        {
            Note(compound.Value, ValueUse.ShiftCount);
        }
        else if (compound.Target.Type is { TypeKind: TypeKind.Pointer })
        {
            Note(compound.Value, ValueUse.Index);
        }

        Split? split = compound.Type is { SpecialType: SpecialType.System_Boolean } ? _conditions.Of(compound.OperatorKind, compound.Target, compound.Value, State) : null;
        Write(compound.Target, value, compound.Value, split);
        return value;
    }

    private TrackedValue Step(IIncrementOrDecrementOperation step)
    {
        TrackedValue old = Evaluate(step.Target);
        bool canWrap = step.Kind == OperationKind.Decrement && (old.Bounds & Bounds.Floor) == 0;
        TrackedValue stepped = old.WithIdentity(null).WithBounds(canWrap ? Bounds.None : old.Bounds & ~Bounds.Floor);
        Write(step.Target, stepped, step, split: null);
        return step.IsPostfix ? old.WithIdentity(null) : stepped;
    }

    private TrackedValue Deconstruct(IDeconstructionAssignmentOperation deconstruction)
    {
        TrackedValue whole = Evaluate(deconstruction.Value);
        List<(IOperation Target, TrackedValue Value)> writes = new();
        Deconstruct(deconstruction.Target, deconstruction.Value, whole, writes);
        foreach ((IOperation target, TrackedValue value) in writes)
        {
            Write(target, value.WithIdentity(null), deconstruction.Value, split: null);
        }

        return whole;
    }

    /// <summary>Finds what each variable gets, before any of them is written: they may be what is deconstructed.</summary>
    private void Deconstruct(IOperation target, IOperation source, TrackedValue whole, List<(IOperation Target, TrackedValue Value)> writes)
    {
        target = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        source = source is IConversionOperation { Operand: ITupleOperation operand } ? operand : source;
        if (target is not ITupleOperation targets)
        {
            writes.Add((target, whole));
            return;
        }

        ImmutableArray<IOperation> sources = Structure.PartsOf(source) is { IsDefault: false } parts && parts.Length == targets.Elements.Length ? parts : default;
        for (int index = 0; index < targets.Elements.Length; index++)
        {
            Deconstruct(targets.Elements[index], sources.IsDefault ? source : sources[index], ElementAt(source, sources, index, whole), writes);
        }
    }

    /// <summary>What one of the variables gets that something is deconstructed into.</summary>
    private TrackedValue ElementAt(IOperation source, ImmutableArray<IOperation> parts, int position, TrackedValue whole)
    {
        if (!parts.IsDefault)
        {
            return _results.TryGetValue(parts[position], out TrackedValue? element) ? element : whole;
        }

        return PlaceOf(source) is { } place && Structure.MemberAt(source.Type, position) is { } member
            ? State.Values[Places.Member(place, member, null, source.Syntax)]
            : whole;
    }

    private TrackedValue Capture(IFlowCaptureOperation capture)
    {
        TrackedValue value = Evaluate(capture.Value);
        Place place = Places.Temporary(capture.Id, capture.Value.Type);
        Split? split = SplitOf(capture.Value);
        State = State.Set(place, value);
        SetCapturedParts(place, capture.Value);
        if (split is { } known)
        {
            State = State.SetSplit(place, known);
        }

        if (!IsCopy(capture))
        {
            _captured[capture.Id] = capture.Value;
        }

        return value;
    }

    private void SetCapturedParts(Place place, IOperation source)
    {
        if (source.Type is not { IsValueType: true, SpecialType: SpecialType.None } type || State.Values[place].IsClean)
        {
            return;
        }

        ImmutableArray<IOperation> parts = Structure.PartsOf(source);
        if (!parts.IsDefault)
        {
            SetParts(place, type, parts, source.Syntax);
        }
        else if (PlaceOf(source) is { } origin && MembersOf(source) is { Length: > 0 } members)
        {
            State = State.Set(place, State.Values[origin]);
            foreach (KeyValuePair<Place, TrackedValue> member in members)
            {
                State = State.Set(Places.Moved(member.Key, origin, place, source.Syntax), member.Value);
            }
        }
    }

    /// <summary>The temporary of a <c>with</c> is a copy; that of any other target stands for the target itself.</summary>
    private static bool IsCopy(IFlowCaptureOperation capture)
    {
        SyntaxNode syntax = capture.Syntax;
        while (syntax.Parent is ParenthesizedExpressionSyntax parenthesized)
        {
            syntax = parenthesized;
        }

        return syntax.Parent is WithExpressionSyntax with && with.Expression == syntax;
    }

    private Split? SplitOf(IOperation value) => value.Type is { SpecialType: SpecialType.System_Boolean } ? SplitBy(value) : null;

    /// <summary>Evaluates what an assignment's target is made of, in its order, but does not read the target.</summary>
    private void EvaluateTarget(IOperation target)
    {
        switch (target)
        {
            case IPropertyReferenceOperation property:
                if (property.Instance is not null)
                {
                    Evaluate(property.Instance);
                }

                EvaluateIndices(property);
                break;
            case IFieldReferenceOperation { Instance: { } instance }:
                Evaluate(instance);
                break;
            case IArrayElementReferenceOperation element:
                Evaluate(element.ArrayReference);
                EvaluateIndices(element);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or IDiscardOperation or IDeclarationExpressionOperation:
                break;
            default:
                Evaluate(target);
                break;
        }
    }

    private void Write(IOperation target, TrackedValue value, IOperation source, Split? split)
    {
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                Write(declaration.Expression, value, source, split);
                break;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                {
                    Write(element, value.WithIdentity(null), source, split: null);
                }

                break;
            case IPropertyReferenceOperation property:
                Arrive(source, property.Property, value, property.Type);
                if (Allocation.IsSize(property.Property))
                {
                    Note(source, ValueUse.AllocationSize);
                }

                if (Structure.IsStored(property.Property) && PlaceOf(property) is { } stored)
                {
                    Set(stored, value);
                    WriteBehind(property, property.Property, value);
                }
                else if (property.Instance is { } whole && (whole.Type is { IsValueType: true } || property.Property.IsIndexer))
                {
                    Absorb(whole, part => Policy.AfterSetting(part, property.Property, value));
                }

                break;
            case IArrayElementReferenceOperation array:
                Arrive(source, array.Type!, value, array.Type);
                Absorb(array.ArrayReference, part => TrackedValue.Join(part, value));
                break;
            case IInlineArrayAccessOperation inline:
                Absorb(inline.Instance, part => TrackedValue.Join(part, value));
                break;
            default:
                if (target is IFieldReferenceOperation field)
                {
                    Arrive(source, field.Field, value, field.Type);
                    WriteBehind(field, Structure.Canonical(field.Field), value);
                }

                if (target is IParameterReferenceOperation { Parameter: { RefKind: not RefKind.None, Type.TypeKind: TypeKind.Enum } given })
                {
                    Arrive(source, given, value, given.Type);
                }

                if (target is IFieldReferenceOperation { Instance: { } container } && PlaceOf(target) is null)
                {
                    Absorb(container, part => TrackedValue.Join(part, value));
                }

                if (PlaceOf(target) is { } place)
                {
                    Set(place, value);
                    if (split is { } known)
                    {
                        State = State.SetSplit(place, known);
                    }
                }

                if (target is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out IOperation? captured))
                {
                    Write(captured, value, source, split);
                }

                break;
        }
    }

    /// <summary>Where a temporary stands for a struct, its member is that of the struct.</summary>
    private void WriteBehind(IMemberReferenceOperation target, ISymbol member, TrackedValue value)
    {
        if (target.Instance is IFlowCaptureReferenceOperation temporary && _captured.TryGetValue(temporary.Id, out IOperation? captured) && PlaceOf(captured) is { } whole)
        {
            Set(Places.Member(whole, member, target.Type, target.Syntax), value);
        }
    }

    /// <summary>A part of something has been written: the whole now holds it too.</summary>
    private void Absorb(IOperation whole, System.Func<TrackedValue, TrackedValue> change)
    {
        if (PlaceOf(whole) is not { } place)
        {
            if (ContainerOf(whole) is { } container)
            {
                Absorb(container, change);
            }

            return;
        }

        TrackedValue before = State.Values.Whole(place);
        TrackedValue after = change(before).WithIdentity(null);
        if (before.IsClean && after.IsClean)
        {
            return;
        }

        Set(place, after);
        if (whole is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out IOperation? captured))
        {
            Absorb(captured, change);
        }
    }

    /// <summary>What an element, or a member of one, is kept in.</summary>
    private static IOperation? ContainerOf(IOperation part) => part switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference,
        IInlineArrayAccessOperation element => element.Instance,
        IImplicitIndexerReferenceOperation element => element.Instance,
        IFieldReferenceOperation field => field.Instance,
        IPropertyReferenceOperation { Property: { IsIndexer: true } or { ContainingType.IsValueType: true } } property => property.Instance,
        IConversionOperation { OperatorMethod: null } conversion => conversion.Operand,
        IInvocationOperation { Instance: { } instance } call when KnownMethods.Of(call.TargetMethod) == MethodEffect.Passes => instance,
        IInvocationOperation { Instance: null, Arguments: { Length: > 0 } arguments } call when KnownMethods.Of(call.TargetMethod) == MethodEffect.Passes => arguments[0].Value,
        _ => null,
    };

    private void Set(Place place, TrackedValue value)
    {
        State = State.Set(place, value);
        Function?.NoteWrite(place, value);
    }

    private void Arrive(IOperation source, ISymbol sink, TrackedValue value, ITypeSymbol? type)
    {
        if (Arrivals is not null && !value.IsClean && Policy.Refuses(sink, value, type))
        {
            Arrivals.Add(new Arrival(WholeOf(source.Syntax), sink, value));
        }
    }

    /// <summary>The graph knows a <c>with</c> by the copy that it begins with; a person sees the whole expression.</summary>
    private static SyntaxNode WholeOf(SyntaxNode syntax)
    {
        while (syntax.Parent is ParenthesizedExpressionSyntax or CheckedExpressionSyntax || (syntax.Parent is WithExpressionSyntax with && with.Expression == syntax))
        {
            syntax = syntax.Parent;
        }

        return syntax;
    }

    private void Declare(IPatternOperation pattern, TrackedValue value)
    {
        ISymbol? declared = pattern switch
        {
            IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
            IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
            _ => null,
        };
        if (declared is ILocalSymbol local)
        {
            Set(Places.Local(local, pattern.Syntax), value);
        }

        foreach (IOperation child in pattern.ChildOperations)
        {
            if (child is IPatternOperation inner)
            {
                Declare(inner, value);
            }
        }
    }

    private TrackedValue Create(IObjectCreationOperation creation)
    {
        TrackedValue parts = TrackedValue.Clean;
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            TrackedValue value = Evaluate(argument.Value);
            Arrive(argument.Value, argument.Parameter!, value, argument.Value.Type);
            parts = TrackedValue.Join(parts, AsPart(value, argument.Value.Type));
        }

        NoteArguments(creation.Arguments);

        // A struct is its parts, and so is a string; an object of another class is whatever its constructor made of them.
        return creation.Type is { IsValueType: true } or { SpecialType: SpecialType.System_String } ? parts.WithIdentity(null) : TrackedValue.Clean;
    }

    private static TrackedValue AsPart(TrackedValue value, ITypeSymbol? type)
        => value.WithBounds(IntegerType.Of(type).IsBounded(value.Bounds) ? Bounds.Below | Bounds.NotNegative : Bounds.None);

    private TrackedValue Call(IInvocationOperation call)
    {
        TrackedValue receiver = call.Instance is null ? TrackedValue.Clean : Evaluate(call.Instance);
        TrackedValue inputs = receiver;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.Out })
            {
                TrackedValue value = Evaluate(argument.Value);
                if (Arrivals is not null && !value.IsClean && Policy.Refuses(call, argument.Parameter!, value, argument.Value.Type))
                {
                    Arrivals.Add(new Arrival(WholeOf(argument.Value.Syntax), argument.Parameter!, value));
                }

                inputs = TrackedValue.Join(inputs, value);
            }
        }

        NoteArguments(call.Arguments);
        bool sanitizes = Policy.Sanitizes(call.TargetMethod);
        MethodEffect effect = sanitizes ? MethodEffect.None : KnownMethods.Of(call.TargetMethod);
        if (effect == MethodEffect.None && !sanitizes)
        {
            State = State.ForgetShared();
        }

        if (effect is MethodEffect.Copies or MethodEffect.Stores or MethodEffect.Exchanges)
        {
            CopyInto(call, inputs);
        }

        CollectText(call);
        GiveOut(call, inputs, sanitizes, effect);
        State = State.Take(Guards.After(call, _conditions, State));
        HasEnded |= Guards.DoNotReturn(call.TargetMethod);
        if (call is { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: ILocalReferenceOperation held } && _held.TryGetValue(held.Local, out List<NestedFunction>? lambdas))
        {
            return CallHeld(call, lambdas);
        }

        if (Policy.ResultOf(call) is { } result)
        {
            return result;
        }

        if (call.TargetMethod.MethodKind == MethodKind.LocalFunction)
        {
            return CallLocal(call, _functions.Of(call.TargetMethod.OriginalDefinition, Graph!));
        }

        return Passed(call, effect, receiver, inputs);
    }

    private void CopyInto(IInvocationOperation call, TrackedValue source)
    {
        if (source.IsClean)
        {
            return;
        }

        bool isGiven = false;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { Name: "destination" or "destinationArray" or "dst" or "array" or "location" or "location1" })
            {
                isGiven = true;
                IOperation target = argument.Value;
                while (target is IConversionOperation conversion)
                {
                    target = conversion.Operand;
                }

                Absorb(target, part => TrackedValue.Join(part, source.WithBounds(Bounds.None)));
            }
        }

        if (!isGiven && call.Instance is { } instance)
        {
            Absorb(instance, part => TrackedValue.Join(part, source.WithBounds(Bounds.None)));
        }
    }

    /// <summary>What an interpolated string is built with that never becomes a string: its handler holds the texts that are appended.</summary>
    private void CollectText(IInvocationOperation call)
    {
        if (call is { Instance: { } handler, TargetMethod.Name: "AppendFormatted", Arguments: { Length: > 0 } arguments } && Structure.IsHandler(handler.Type))
        {
            TrackedValue text = TextIn(arguments[0].Value);
            if (!text.IsClean)
            {
                Absorb(handler, part => TrackedValue.Join(part, text));
            }
        }
    }

    /// <summary>The texts among what is given to a method that builds a string: the digits of a number are nobody's text.</summary>
    private TrackedValue TextIn(IOperation given)
    {
        while (given is IConversionOperation { OperatorMethod: null } conversion)
        {
            given = conversion.Operand;
        }

        if (given is IArrayCreationOperation { Initializer: { } elements })
        {
            return TextIn(elements.ElementValues);
        }

        if (given is ICollectionExpressionOperation collection)
        {
            return TextIn(collection.Elements);
        }

        return given.Type?.SpecialType == SpecialType.System_Char || IntegerType.Of(given.Type).Width == 0 ? ValueOf(given) : TrackedValue.Clean;
    }

    private TrackedValue TextIn(IEnumerable<IOperation> given)
        => given.Aggregate(TrackedValue.Clean, (joined, part) => TrackedValue.Join(joined, TextIn(part))).WithIdentity(null);

    private void GiveOut(IInvocationOperation call, TrackedValue inputs, bool sanitizes, MethodEffect effect)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.Out or RefKind.Ref } parameter)
            {
                continue;
            }

            TrackedValue? given = Policy.GivenThrough(parameter, argument.Value.Syntax);
            if (given is null && parameter.RefKind == RefKind.Out)
            {
                // Fit when the method says so: the condition that tests its result cleans it.
                bool dependsOnResult = sanitizes && call.TargetMethod.ReturnType.SpecialType == SpecialType.System_Boolean && !Policy.Sanitizes(parameter);
                given = dependsOnResult || effect == MethodEffect.Passes ? inputs.WithIdentity(null).WithBounds(Bounds.None) : TrackedValue.Clean;
            }

            if (given is not null)
            {
                Write(argument.Value, given, argument.Value, split: null);
            }
        }
    }

    private TrackedValue Passed(IInvocationOperation call, MethodEffect effect, TrackedValue receiver, TrackedValue inputs)
    {
        if (inputs.IsClean)
        {
            return TrackedValue.Clean;
        }

        if (effect == MethodEffect.BuildsText)
        {
            return TrackedValue.Join(call.Instance is { } text ? TextIn(text) : TrackedValue.Clean, TextIn(call.Arguments.Select(argument => argument.Value))).WithIdentity(null);
        }

        if (effect == MethodEffect.Unwraps)
        {
            return call.Arguments.IsEmpty ? receiver : inputs.WithIdentity(null);
        }

        bool isSigned = IntegerType.Of(call.Type).IsSigned;
        switch (effect)
        {
            case MethodEffect.Passes or MethodEffect.Exchanges:
                return TrackedValue.Join(receiver, inputs).WithIdentity(null).WithBounds(Bounds.None);
            case MethodEffect.Minimum:
                bool isBelowOne = call.Arguments.Any(argument => (_results[argument.Value].Bounds & Bounds.Upper) != 0);
                return inputs.WithIdentity(null).WithBounds((isBelowOne ? Bounds.Below : Bounds.None) | (inputs.Bounds & (Bounds.NotNegative | Bounds.Floor)));
            case MethodEffect.Maximum:
                return inputs.WithIdentity(null).WithBounds(inputs.Bounds | (AnyIsClean(call) ? Bounds.Floor | (isSigned ? Bounds.NotNegative : Bounds.None) : Bounds.None));
            case MethodEffect.Clamp:
                bool isHeld = call.Arguments.Length == 3 && _results[call.Arguments[1].Value].IsClean && _results[call.Arguments[2].Value].IsClean;
                return isHeld ? inputs.WithIdentity(null).WithBounds(Bounds.All) : inputs.WithIdentity(null).WithBounds(Bounds.None);
            case MethodEffect.None when Policy.UnknownCallsPass && call.Type is { IsValueType: true, SpecialType: not SpecialType.System_Boolean }:
                return inputs.WithIdentity(null).WithBounds(Bounds.None);
            default:
                return TrackedValue.Clean;
        }
    }

    private bool AnyIsClean(IInvocationOperation call)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (_results[argument.Value].IsClean)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Calls a nested function, whose parameters take what the call's arguments hold.</summary>
    private TrackedValue CallLocal(IInvocationOperation call, NestedFunction function)
    {
        FlowState entry = State;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: not RefKind.Out } declared && !_results[argument.Value].IsClean)
            {
                IParameterSymbol parameter = function.ParameterFor(declared);
                entry = entry.Set(Places.Parameter(parameter, argument.Syntax), _results[argument.Value].WithIdentity(null));
            }
        }

        TrackedValue returned = Enter(function, entry);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref } declared && function.Given(function.ParameterFor(declared)) is { } given)
            {
                Write(argument.Value, given, argument.Value, split: null);
            }
        }

        return returned;
    }

    /// <summary>Calls what a local holds: any of the lambdas that the method gives to it.</summary>
    private TrackedValue CallHeld(IInvocationOperation call, List<NestedFunction> lambdas)
    {
        TrackedValue returned = TrackedValue.Clean;
        foreach (NestedFunction lambda in lambdas)
        {
            returned = TrackedValue.Join(returned, CallLocal(call, lambda));
        }

        return returned.WithIdentity(null);
    }

    /// <summary>The function that is being run has come to its end: what it leaves in its parameters is its callers'.</summary>
    public void NoteEnd()
    {
        if (Function is { } function)
        {
            foreach (IParameterSymbol parameter in function.Parameters)
            {
                if (parameter.RefKind is RefKind.Out or RefKind.Ref)
                {
                    function.NoteGiven(parameter, State.Values.Whole(Places.Parameter(parameter, parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() ?? function.Graph.OriginalOperation.Syntax)));
                }
            }
        }
    }

    /// <summary>What the method gives back with a value of an enum's type.</summary>
    public void NoteReturned(IOperation returned, IMethodSymbol method)
    {
        if (returned.Type is { TypeKind: TypeKind.Enum })
        {
            Arrive(returned, method, ValueOf(returned), returned.Type);
        }
    }

    private TrackedValue Nested(IFlowAnonymousFunctionOperation lambda)
    {
        Enter(_functions.Of(lambda, Graph!), State);
        return TrackedValue.Clean;
    }

    private void Hold(IOperation target, IOperation value)
    {
        if (target is ILocalReferenceOperation { Local: var local } && value is IDelegateCreationOperation { Target: IFlowAnonymousFunctionOperation lambda })
        {
            if (!_held.TryGetValue(local, out List<NestedFunction>? lambdas))
            {
                _held.Add(local, lambdas = new());
            }

            NestedFunction function = _functions.Of(lambda, Graph!);
            if (!lambdas.Contains(function))
            {
                lambdas.Add(function);
            }
        }
    }

    /// <summary>A nested function may run from here on: it sees what is known here, and what it writes outside of itself is written.</summary>
    private TrackedValue Enter(NestedFunction function, FlowState entry)
    {
        _functions.Join(function, FlowState.Empty.Take(entry.Values));
        foreach (KeyValuePair<Place, TrackedValue> write in function.Writes)
        {
            Set(write.Key, TrackedValue.Join(State.Values[write.Key], write.Value));
        }

        return function.Returned;
    }
}
