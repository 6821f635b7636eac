using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Which arguments of .NET's members, and which parts of an expression, say where in memory something is.</summary>
internal static class Indexing
{
    /// <summary>Whether an argument is an index, an offset or a length of what its member takes apart.</summary>
    public static bool IsIndex(IParameterSymbol parameter)
    {
        IParameterSymbol declared = parameter.OriginalDefinition;
        if (IntegerType.Of(declared.Type).Width == 0 && !IsPosition(declared.Type))
        {
            return false;
        }

        string? space = declared.ContainingNamespace?.ToDisplayString();
        string? type = declared.ContainingType?.Name;
        return declared.ContainingSymbol switch
        {
            IPropertySymbol { IsIndexer: true } => space is "System" or "System.Collections.Generic" or "System.Collections.Immutable",
            IMethodSymbol { MethodKind: MethodKind.Constructor } => space == "System" && type is "Span" or "ReadOnlySpan",
            IMethodSymbol method => (space, type, method.Name) is
                ("System", "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment", "Slice")
                or ("System", "MemoryExtensions", "AsSpan" or "AsMemory")
                or ("System", "String", "Substring")
                or ("System.Runtime.InteropServices", "MemoryMarshal", "CreateSpan" or "CreateReadOnlySpan")
                or ("System.Runtime.CompilerServices", "Unsafe", "Add" or "AddByteOffset" or "Subtract" or "SubtractByteOffset"),
            _ => false,
        };
    }

    /// <summary>The index of an access through a pointer, which the operations know only by its parts.</summary>
    public static IOperation? OfPointer(IOperation operation)
    {
        if (operation.Kind != OperationKind.None || operation.Syntax is not ElementAccessExpressionSyntax || operation.ChildOperations.Count != 2)
        {
            return null;
        }

        return operation.ChildOperations.First().Type is { TypeKind: TypeKind.Pointer } ? operation.ChildOperations.Last() : null;
    }

    /// <summary>What is added to a pointer; null for any other sum.</summary>
    public static IOperation? OfPointer(IBinaryOperation sum)
    {
        bool isPointer = sum.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract && sum.Type is { TypeKind: TypeKind.Pointer };
        return !isPointer ? null : sum.LeftOperand.Type is { TypeKind: TypeKind.Pointer } ? sum.RightOperand : sum.LeftOperand;
    }

    private static bool IsPosition(ITypeSymbol type) => type is { Name: "Index" or "Range", ContainingNamespace.Name: "System" };
}
