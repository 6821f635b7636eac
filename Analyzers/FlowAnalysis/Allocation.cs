using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Which arguments and properties of .NET's members say how much memory to take, and which how often something is done.</summary>
internal static class Allocation
{
    /// <summary>Whether an argument is the size of what its member takes from the heap.</summary>
    public static bool IsSize(IParameterSymbol parameter)
    {
        IParameterSymbol declared = parameter.OriginalDefinition;
        if (IntegerType.Of(declared.Type).Width == 0 || declared.ContainingSymbol is not IMethodSymbol method)
        {
            return false;
        }

        string? space = declared.ContainingNamespace?.ToDisplayString();
        string? type = declared.ContainingType?.Name;
        if (method.MethodKind == MethodKind.Constructor)
        {
            return (space, type, declared.Name) is
                ("System", "String", "count")
                or ("System.Collections", "BitArray", "length")
                or ("System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Text" or "System.IO" or "System.Buffers",
                    _, "capacity" or "initialCapacity" or "boundedCapacity" or "bufferSize");
        }

        return (space, type, method.Name) switch
        {
            ("System", "GC", "AllocateArray" or "AllocateUninitializedArray") => declared.Name == "length",
            ("System", "Array", "Resize") => declared.Name == "newSize",
            ("System", "Array", "CreateInstance") => declared.Name.StartsWith("length", System.StringComparison.Ordinal),
            ("System.Buffers", "ArrayPool" or "MemoryPool", "Rent") => true,
            ("System.Runtime.InteropServices", "Marshal", "AllocHGlobal" or "AllocCoTaskMem" or "ReAllocHGlobal" or "ReAllocCoTaskMem") => declared.Name == "cb",
            ("System.Runtime.InteropServices", "NativeMemory", "Alloc" or "AllocZeroed" or "Realloc" or "AlignedAlloc" or "AlignedRealloc")
                => declared.Name is "byteCount" or "elementCount" or "elementSize",
            ("System.Runtime.InteropServices", "CollectionsMarshal", "SetCount") => declared.Name == "count",
            (_, _, "EnsureCapacity" or "GetSpan" or "GetMemory") => space?.StartsWith("System", System.StringComparison.Ordinal) == true,
            _ => false,
        };
    }

    /// <summary>Whether setting a property takes as much memory as it is set to.</summary>
    public static bool IsSize(IPropertySymbol property) => (property.ContainingNamespace?.ToDisplayString(), property.Name) switch
    {
        ("System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent", "Capacity") => true,
        ("System.Text" or "System.IO", "Capacity") => true,
        ("System.Text", "Length") => property.ContainingType.Name == "StringBuilder",
        ("System.Collections", "Length") => property.ContainingType.Name == "BitArray",
        _ => false,
    };

    /// <summary>Whether an argument says how often whoever walks what the method gives back goes round.</summary>
    public static bool IsCount(IParameterSymbol parameter)
        => parameter is { Name: "count", ContainingSymbol: IMethodSymbol { Name: "Range" or "Repeat", ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } };
}
