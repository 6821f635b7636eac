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
            IPropertySymbol { IsIndexer: true } => space is "System" or "System.Collections" or "System.Collections.Generic" or "System.Collections.Immutable",
            IMethodSymbol { MethodKind: MethodKind.Constructor } => space == "System" && type is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment",
            IMethodSymbol method => (space, type, method.Name) switch
            {
                ("System", "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment", "Slice") => true,
                ("System", "MemoryExtensions", "AsSpan" or "AsMemory") => true,
                ("System", "String", "Substring" or "Remove" or "Insert") => true,
                ("System", "Array", "Copy" or "ConstrainedCopy" or "Clear" or "Fill" or "GetValue" or "SetValue" or "Reverse") => IsPosition(declared.Name),
                ("System", "Buffer", "BlockCopy" or "MemoryCopy" or "GetByte" or "SetByte") => IsPosition(declared.Name),
                ("System.Collections", "BitArray", "Get" or "Set") => IsPosition(declared.Name),
                ("System.Collections.Generic", "List", _) => IsPosition(declared.Name),
                ("System.Collections.Immutable", "ImmutableArray" or "ImmutableList", _) => IsPosition(declared.Name),
                ("System.Linq", "Enumerable", "ElementAt") => true,
                ("System.Runtime.InteropServices", "MemoryMarshal", "CreateSpan" or "CreateReadOnlySpan") => true,
                ("System.Runtime.InteropServices", "NativeMemory", "Copy" or "Clear" or "Fill") => declared.Name == "byteCount",
                ("System.Runtime.InteropServices", "Marshal", _) => IsPosition(declared.Name),
                ("System.Runtime.CompilerServices", "Unsafe", "Add" or "AddByteOffset" or "Subtract" or "SubtractByteOffset") => true,
                ("System.Runtime.CompilerServices", "Unsafe", "CopyBlock" or "CopyBlockUnaligned" or "InitBlock" or "InitBlockUnaligned") => declared.Name == "byteCount",
                _ => false,
            },
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

    /// <summary>The names that .NET gives to what says where something is, or how much of it is meant.</summary>
    private static bool IsPosition(string name) => name is "index" or "index1" or "index2" or "indices" or "startIndex" or "sourceIndex" or "destinationIndex" or "start"
        or "count" or "length" or "offset" or "ofs" or "srcOffset" or "dstOffset" or "destinationSizeInBytes" or "sourceBytesToCopy";

    private static bool IsPosition(ITypeSymbol type) => type is { Name: "Index" or "Range", ContainingNamespace.Name: "System" };
}
