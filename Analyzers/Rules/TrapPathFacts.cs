using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.Rules;

/// <summary>What one method does that the trap path forbids, and whom it calls.</summary>
internal sealed class TrapPathFacts
{
    private readonly List<(SyntaxNode Syntax, string What)> _offences = new();
    private readonly List<IMethodSymbol> _callees = new();

    private TrapPathFacts()
    {
    }

    /// <summary>Where, and what in words.</summary>
    public IReadOnlyList<(SyntaxNode Syntax, string What)> Offences => _offences;

    /// <summary>The methods that are called and have a source, as they are declared.</summary>
    public IReadOnlyList<IMethodSymbol> Callees => _callees;

    public bool IsEmpty => _offences.Count == 0 && _callees.Count == 0;

    public static TrapPathFacts Of(ImmutableArray<IOperation> bodies)
    {
        TrapPathFacts facts = new();
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
        IObjectCreationOperation { Type.IsReferenceType: true } => "An object that is allocated",
        ITypeParameterObjectCreationOperation { Type: ITypeParameterSymbol { HasValueTypeConstraint: false } } => "An object that is allocated",
        IArrayCreationOperation array when !BecomesData(array) => "An array that is allocated",
        ICollectionExpressionOperation { Type: { IsReferenceType: true } or { TypeKind: TypeKind.Array } } => "A collection that is allocated",
        IConversionOperation conversion when IsBoxing(conversion) => "A value that is boxed",
        IInvocationOperation call => OffenceOf(call),
        _ => null,
    };

    private static string? OffenceOf(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.ContainingType is { Name: "Enumerable", ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } })
        {
            return "LINQ";
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return "A call through a delegate";
        }

        bool isVirtual = method.IsVirtual || method.IsAbstract || method.IsOverride;
        return call.IsVirtual && isVirtual && call.Instance?.Type is { IsReferenceType: true, IsSealed: false } and not ITypeParameterSymbol
            ? "A virtual call on a reference"
            : null;
    }

    /// <summary>Boxing takes memory: a value becomes an object or an interface.</summary>
    private static bool IsBoxing(IConversionOperation conversion)
        => conversion.OperatorMethod is null
        && conversion.Operand.Type is { IsValueType: true }
        && conversion.Type is { IsReferenceType: true }
        && !conversion.ConstantValue.HasValue;

    /// <summary>Constants that become a span of read-only data of the image.</summary>
    private static bool BecomesData(IArrayCreationOperation array)
        => array.Initializer is { } initializer
        && initializer.ElementValues.All(value => value.ConstantValue.HasValue)
        && array.Parent is IConversionOperation { Type: { Name: "ReadOnlySpan", ContainingNamespace.Name: "System" } };
}
