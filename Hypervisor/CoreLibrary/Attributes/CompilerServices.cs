// Attributes and modifiers that the C# compiler looks for by name.

namespace System.Runtime.CompilerServices;

public sealed class IntrinsicAttribute : Attribute
{
}

public sealed class NonVersionableAttribute : Attribute
{
}

public sealed class EagerStaticClassConstructionAttribute : Attribute
{
}

public enum MethodImplOptions
{
    NoInlining = 8,
    NoOptimization = 64,
    AggressiveInlining = 256,
    AggressiveOptimization = 512,
    InternalCall = 4096,
}

public sealed class MethodImplAttribute : Attribute
{
    public MethodImplAttribute(MethodImplOptions value)
    {
        Value = value;
    }

    public MethodImplOptions Value { get; }
}

[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class TypeForwardedToAttribute : Attribute
{
    public TypeForwardedToAttribute(Type destination)
    {
        Destination = destination;
    }

    public Type Destination { get; }
}

public sealed class IndexerNameAttribute : Attribute
{
    public IndexerNameAttribute(string name)
    {
        Name = name;
    }

    public string Name { get; }
}

public sealed class IsReadOnlyAttribute : Attribute
{
}

public sealed class IsByRefLikeAttribute : Attribute
{
}

public sealed class IsUnmanagedAttribute : Attribute
{
}

public sealed class ScopedRefAttribute : Attribute
{
}

public sealed class RequiresLocationAttribute : Attribute
{
}

public sealed class RefSafetyRulesAttribute : Attribute
{
    public RefSafetyRulesAttribute(int version)
    {
        Version = version;
    }

    public int Version { get; }
}

public sealed class ExtensionAttribute : Attribute
{
}

public sealed class ExtensionMarkerAttribute : Attribute
{
    public ExtensionMarkerAttribute(string name)
    {
        Name = name;
    }

    public string Name { get; }
}

public sealed class CompilerGeneratedAttribute : Attribute
{
}

public sealed class UnsafeValueTypeAttribute : Attribute
{
}

public sealed class FixedBufferAttribute : Attribute
{
    public FixedBufferAttribute(Type elementType, int length)
    {
        ElementType = elementType;
        Length = length;
    }

    public Type ElementType { get; }

    public int Length { get; }
}

public sealed class InlineArrayAttribute : Attribute
{
    public InlineArrayAttribute(int length)
    {
        Length = length;
    }

    public int Length { get; }
}

public sealed class CallerArgumentExpressionAttribute : Attribute
{
    public CallerArgumentExpressionAttribute(string parameterName)
    {
        ParameterName = parameterName;
    }

    public string ParameterName { get; }
}

public sealed class NullableAttribute : Attribute
{
    public NullableAttribute(byte value)
    {
        Value = value;
    }

    public NullableAttribute(byte[] value)
    {
    }

    public byte Value { get; }
}

public sealed class NullableContextAttribute : Attribute
{
    public NullableContextAttribute(byte value)
    {
        Value = value;
    }

    public byte Value { get; }
}

public static class RuntimeFeature
{
    public const string UnmanagedSignatureCallingConvention = nameof(UnmanagedSignatureCallingConvention);
    public const string ByRefFields = nameof(ByRefFields);
    public const string ByRefLikeGenerics = nameof(ByRefLikeGenerics);
    public const string NumericIntPtr = nameof(NumericIntPtr);
    public const string VirtualStaticsInInterfaces = nameof(VirtualStaticsInInterfaces);
    public const string DefaultImplementationsOfInterfaces = nameof(DefaultImplementationsOfInterfaces);
}

public static class IsVolatile
{
}

public static class IsExternalInit
{
}

public static class CallConvCdecl
{
}

public static class CallConvSuppressGCTransition
{
}
