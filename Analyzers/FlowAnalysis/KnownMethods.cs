using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>The methods of .NET through which a value passes, and how. Every other method without annotations gives back something clean.</summary>
internal static class KnownMethods
{
    public static MethodEffect Of(IMethodSymbol method)
    {
        string? type = method.ContainingType?.Name;
        string? space = method.ContainingNamespace?.ToDisplayString();
        return (space, type, method.Name) switch
        {
            ("System", "Math", "Min") => MethodEffect.Minimum,
            ("System", "Math", "Max") => MethodEffect.Maximum,
            ("System", "Math", "Clamp") => MethodEffect.Clamp,
            ("System", "Math", "Abs" or "BigMul" or "DivRem") => MethodEffect.Passes,
            ("System", "Enum", "IsDefined") => MethodEffect.TestsDefined,
            ("System", "Nullable", "GetValueOrDefault") => MethodEffect.Unwraps,
            ("System", "Byte" or "UInt16" or "UInt32" or "UInt64" or "Int16" or "Int32" or "Int64" or "UIntPtr" or "IntPtr", "Min") => MethodEffect.Minimum,
            ("System", "Byte" or "UInt16" or "UInt32" or "UInt64" or "Int16" or "Int32" or "Int64" or "UIntPtr" or "IntPtr", "Max") => MethodEffect.Maximum,
            ("System", "Byte" or "UInt16" or "UInt32" or "UInt64" or "Int16" or "Int32" or "Int64" or "UIntPtr" or "IntPtr", "Clamp") => MethodEffect.Clamp,
            ("System", "Byte" or "UInt16" or "UInt32" or "UInt64" or "Int16" or "Int32" or "Int64" or "UIntPtr" or "IntPtr", "CreateTruncating" or "CreateSaturating" or "CreateChecked" or "RotateLeft" or "RotateRight") => MethodEffect.Passes,
            ("System", "Byte" or "UInt16" or "UInt32" or "UInt64" or "Int16" or "Int32" or "Int64" or "UIntPtr" or "IntPtr", "Parse" or "TryParse") => MethodEffect.Passes,
            ("System", "BitConverter" or "Convert", _) => MethodEffect.Passes,
            ("System", "String", "Concat" or "Format" or "Join" or "Substring" or "Trim" or "TrimStart" or "TrimEnd" or "Replace" or "ToUpper" or "ToUpperInvariant"
                or "ToLower" or "ToLowerInvariant" or "PadLeft" or "PadRight" or "Insert" or "Remove" or "Normalize" or "ToString" or "ToCharArray" or "Split") => MethodEffect.BuildsText,
            ("System", "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", "ToString") => MethodEffect.BuildsText,
            ("System.Text", "Encoding", "GetString" or "GetChars") => MethodEffect.Passes,
            ("System.Text", "Rune", _) => MethodEffect.Passes,
            ("System", "MemoryExtensions" or "Array", "IndexOf" or "LastIndexOf" or "IndexOfAny" or "BinarySearch") => MethodEffect.Counts,
            ("System", "MemoryExtensions", "Contains") => MethodEffect.TestsMembership,
            ("System.Linq", "Enumerable", "Contains") => MethodEffect.TestsMembership,
            (_, _, "Contains" or "ContainsKey") when space?.StartsWith("System.Collections", System.StringComparison.Ordinal) == true => MethodEffect.TestsMembership,
            (_, _, "IndexOf" or "LastIndexOf" or "BinarySearch") when space?.StartsWith("System.Collections", System.StringComparison.Ordinal) == true => MethodEffect.Counts,
            ("System", "Span", "Fill") => MethodEffect.Stores,
            ("System", "Array", "Fill") => MethodEffect.Stores,
            ("System", "Buffer", "BlockCopy" or "MemoryCopy") => MethodEffect.Copies,
            ("System", "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "MemoryExtensions", "Slice" or "AsSpan" or "AsMemory" or "ToArray" or "TrimStart" or "TrimEnd") => MethodEffect.Passes,
            ("System", "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "MemoryExtensions", "CopyTo" or "TryCopyTo") => MethodEffect.Copies,
            ("System", "Array", "Copy") => MethodEffect.Copies,
            ("System.Numerics", "BitOperations", "PopCount" or "LeadingZeroCount" or "TrailingZeroCount" or "Log2") => MethodEffect.Counts,
            ("System.Buffers.Binary", "BinaryPrimitives", _) when method.Name.StartsWith("Write", System.StringComparison.Ordinal) => MethodEffect.Stores,
            ("System.Buffers.Binary", "BinaryPrimitives", _) => MethodEffect.Passes,
            ("System.Numerics", "BitOperations", "RotateLeft" or "RotateRight" or "RoundUpToPowerOf2") => MethodEffect.Passes,
            ("System.Runtime.CompilerServices", "Unsafe", "As" or "BitCast" or "Add" or "AddByteOffset" or "Read" or "ReadUnaligned" or "AsRef" or "Subtract") => MethodEffect.Passes,
            ("System.Runtime.CompilerServices", "Unsafe", "Write" or "WriteUnaligned" or "CopyBlock" or "CopyBlockUnaligned") => MethodEffect.Stores,
            ("System.Runtime.InteropServices", "MemoryMarshal", "Write") => MethodEffect.Stores,
            ("System.Runtime.InteropServices", "MemoryMarshal", "TryRead" or "AsRef" or "GetArrayDataReference") => MethodEffect.Passes,
            ("System.Runtime.InteropServices", "MemoryMarshal", "Read" or "Cast" or "AsBytes" or "GetReference" or "CreateSpan" or "CreateReadOnlySpan") => MethodEffect.Passes,
            ("System.Threading", "Volatile" or "Interlocked", "Read") => MethodEffect.Passes,
            ("System.Threading", "Volatile", "Write") => MethodEffect.Stores,
            ("System.Threading", "Interlocked", _) => MethodEffect.Exchanges,
            (_, _, "GetEnumerator") => MethodEffect.Passes,
            _ => MethodEffect.None,
        };
    }
}
