using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.Rules;

/// <summary>What one method does that the trap path forbids, and whom it calls.</summary>
internal sealed class TrapPathFacts
{
    private readonly List<(SyntaxNode Syntax, string What)> _offences = new();
    private readonly List<(SyntaxNode Syntax, IMethodSymbol Log)> _logs = new();
    private readonly List<IMethodSymbol> _callees = new();
    private readonly LogMethods _logMethods;

    private TrapPathFacts(LogMethods logMethods)
    {
        _logMethods = logMethods;
    }

    /// <summary>Where, and what in words.</summary>
    public IReadOnlyList<(SyntaxNode Syntax, string What)> Offences => _offences;

    /// <summary>Where it writes to a log that does not limit its rate.</summary>
    public IReadOnlyList<(SyntaxNode Syntax, IMethodSymbol Log)> Logs => _logs;

    /// <summary>The methods that are called and have a source, as they are declared.</summary>
    public IReadOnlyList<IMethodSymbol> Callees => _callees;

    public bool IsEmpty => _offences.Count == 0 && _callees.Count == 0 && _logs.Count == 0;

    public static TrapPathFacts Of(ImmutableArray<IOperation> bodies, LogMethods logMethods)
    {
        TrapPathFacts facts = new(logMethods);
        foreach (IOperation body in bodies)
        {
            // An attribute is made by whoever asks for it by reflection, not by a call of the method.
            if (body.Kind != OperationKind.Attribute)
            {
                facts.Visit(body);
            }
        }

        return facts;
    }

    private void Visit(IOperation operation)
    {
        Follow(operation);
        if (OffenceOf(operation) is { } what)
        {
            _offences.Add((operation.Syntax, what));

            // What is made in order to be thrown, or what a string is built from, is part of the same offence.
            if (operation is IThrowOperation or IInterpolatedStringOperation or IBinaryOperation)
            {
                return;
            }
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            if (child is not INameOfOperation)
            {
                Visit(child);
            }
        }
    }

    private void Follow(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                Add(call.TargetMethod);
                if (_logMethods.Has(call.TargetMethod) && !_logMethods.IsRateLimited(call.TargetMethod))
                {
                    _logs.Add((call.Syntax, call.TargetMethod));
                }

                break;
            case IObjectCreationOperation creation:
                Add(creation.Constructor);
                break;
            case IPropertyReferenceOperation property:
                bool isTarget = property.Parent is IAssignmentOperation assignment && assignment.Target == property;
                Add(isTarget ? property.Property.SetMethod : property.Property.GetMethod);
                if (isTarget && property.Parent is not ISimpleAssignmentOperation)
                {
                    Add(property.Property.GetMethod);
                }
                else if (property.Parent is IIncrementOrDecrementOperation)
                {
                    Add(property.Property.SetMethod);
                }

                break;
            case IBinaryOperation binary:
                Add(binary.OperatorMethod);
                break;
            case IUnaryOperation unary:
                Add(unary.OperatorMethod);
                break;
            case IConversionOperation conversion:
                Add(conversion.OperatorMethod);
                break;
            case ICompoundAssignmentOperation compound:
                Add(compound.OperatorMethod);
                break;
            case IIncrementOrDecrementOperation step:
                Add(step.OperatorMethod);
                break;
            case IForEachLoopOperation { Syntax: CommonForEachStatementSyntax loop, SemanticModel: { } model }:
                ForEachStatementInfo walk = model.GetForEachStatementInfo(loop);
                Add(walk.GetEnumeratorMethod);
                Add(walk.MoveNextMethod);
                Add(walk.CurrentProperty?.GetMethod);
                Add(walk.DisposeMethod);
                break;
            case IMethodReferenceOperation reference:
                Add(reference.Method);
                break;
            default:
                break;
        }
    }

    private void Add(IMethodSymbol? method)
    {
        if (method is { DeclaringSyntaxReferences.Length: > 0 } or { IsImplicitlyDeclared: false, AssociatedSymbol.DeclaringSyntaxReferences.Length: > 0 })
        {
            IMethodSymbol declared = method.OriginalDefinition;
            _callees.Add(declared.PartialImplementationPart ?? declared);
        }
    }

    private static string? OffenceOf(IOperation operation) => operation switch
    {
        IThrowOperation => "A throw",
        ILockOperation => "A lock",
        IAwaitOperation => "An await",
        IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } => "An iterator",
        IInterpolatedStringOperation { ConstantValue.HasValue: false } => "A string that is built",
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false } => "A string that is built",
        IDelegateCreationOperation { IsImplicit: false } or IDelegateCreationOperation { Target: IAnonymousFunctionOperation or IMethodReferenceOperation } => "A delegate",
        IAnonymousObjectCreationOperation => "An object that is allocated",
        IWithOperation { Type.IsReferenceType: true } => "An object that is allocated",
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation => "A dynamic call",
        IObjectCreationOperation { Type.IsReferenceType: true } => "An object that is allocated",
        ITypeParameterObjectCreationOperation { Type: ITypeParameterSymbol { HasValueTypeConstraint: false } } => "An object that is allocated",
        IArrayCreationOperation array when !BecomesData(array) => "An array that is allocated",
        ICollectionExpressionOperation { Type: { IsReferenceType: true } or { TypeKind: TypeKind.Array } } => "A collection that is allocated",
        IConversionOperation conversion when IsBoxing(conversion) => "A value that is boxed",
        IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } => "An await",
        IForEachLoopOperation loop when IsInterface(loop.Collection) => "A loop through an interface",
        IForEachLoopOperation loop when HasObject(loop) => "An object that is allocated",
        IPropertyReferenceOperation property when IsVirtual(property.Property, property.Instance) => "A virtual call on a reference",
        IInvocationOperation call => OffenceOf(call),
        _ => null,
    };

    private static string? OffenceOf(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        string? space = method.ContainingNamespace?.ToDisplayString();
        if (space is "System.Linq")
        {
            return "LINQ";
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return "A call through a delegate";
        }

        if (call.IsVirtual && IsVirtual(method, call.Instance))
        {
            return "A virtual call on a reference";
        }

        return space?.StartsWith("System", System.StringComparison.Ordinal) == true ? OffenceOf(call, method, space) : null;
    }

    /// <summary>What a method of .NET does that its name or its type tells.</summary>
    private static string? OffenceOf(IInvocationOperation call, IMethodSymbol method, string space) => (space, method.ContainingType?.Name, method.Name) switch
    {
        ("System.Threading", "Monitor" or "Mutex" or "Lock" or "SpinLock" or "Semaphore" or "SemaphoreSlim" or "ReaderWriterLock" or "ReaderWriterLockSlim" or "WaitHandle"
            or "EventWaitHandle" or "ManualResetEventSlim" or "CountdownEvent" or "Barrier", _) => "A lock",
        ("System.Threading", "Thread", "Sleep" or "Join" or "Yield" or "SpinWait") => "A wait",
        ("System.Threading.Tasks", _, "Wait" or "WaitAll" or "WaitAny") => "A wait",
        (_, _, var name) when name.StartsWith("ThrowIf", System.StringComparison.Ordinal) => "A throw",
        ("System", "Object", "MemberwiseClone") or ("System", "Activator", "CreateInstance") or ("System", "Array", "Resize" or "CreateInstance") => "An object that is allocated",
        ("System.Buffers", "ArrayPool" or "MemoryPool", "Rent") => "An array that is allocated",
        ("System", "Object" or "ValueType" or "Enum", _) when call.Instance?.Type is { IsValueType: true } && !method.IsStatic => "A value that is boxed",
        _ when method.ReturnType.SpecialType == SpecialType.System_String => "A string that is built",
        _ when method.ReturnType.TypeKind == TypeKind.Array && method.Name != "Empty" => "An array that is allocated",
        _ => null,
    };

    /// <summary>An array is converted for the operation alone: the compiler loops over it by index.</summary>
    private static bool IsInterface(IOperation collection)
        => (collection is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : collection).Type is { TypeKind: TypeKind.Interface };

    /// <summary>Whether what goes through the collection is an object.</summary>
    private static bool HasObject(IForEachLoopOperation loop)
        => loop is { Syntax: CommonForEachStatementSyntax syntax, SemanticModel: { } model }
        && (loop.Collection is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : loop.Collection).Type is not (IArrayTypeSymbol or { SpecialType: SpecialType.System_String })
        && model.GetForEachStatementInfo(syntax).GetEnumeratorMethod is { ReturnType.IsReferenceType: true };

    private static bool IsVirtual(ISymbol member, IOperation? instance)
        => (member.IsVirtual || member.IsAbstract || member.IsOverride)
        && !(member.IsOverride && member.IsSealed)
        && instance is { Type: { IsReferenceType: true, IsSealed: false } and not ITypeParameterSymbol } and not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax };

    /// <summary>Boxing takes memory: a value becomes an object or an interface.</summary>
    private static bool IsBoxing(IConversionOperation conversion)
        => conversion.OperatorMethod is null
        && conversion.Operand.Type is { IsValueType: true } or ITypeParameterSymbol { IsReferenceType: false }
        && conversion.Type is { IsReferenceType: true }
        && !conversion.ConstantValue.HasValue;

    /// <summary>Constants that become a span of read-only data of the image.</summary>
    private static bool BecomesData(IArrayCreationOperation array)
        => array.Initializer is { } initializer
        && initializer.ElementValues.All(value => value.ConstantValue.HasValue)
        && array.Parent is IConversionOperation { Type: { Name: "ReadOnlySpan", ContainingNamespace.Name: "System" } };
}
