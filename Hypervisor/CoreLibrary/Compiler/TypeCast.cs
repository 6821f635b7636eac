using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime;

/// <summary>
/// The scanner roots these. At EL2 no object is made, so no cast is ever asked a question: each that is reached ends in the panic.
/// </summary>
internal static unsafe class TypeCast
{
    public static object? CheckCastAny(MethodTable* target, object? value)
    {
        return Refuse(value);
    }

    public static object? CheckCastInterface(MethodTable* target, object? value)
    {
        return Refuse(value);
    }

    public static object? CheckCastClass(MethodTable* target, object? value)
    {
        return Refuse(value);
    }

    public static object? CheckCastClassSpecial(MethodTable* target, object? value)
    {
        return Refuse(value);
    }

    public static object? IsInstanceOfAny(MethodTable* target, object? value)
    {
        return Refuse(value);
    }

    public static object? IsInstanceOfInterface(MethodTable* target, object? value)
    {
        return Refuse(value);
    }

    public static object? IsInstanceOfClass(MethodTable* target, object? value)
    {
        return Refuse(value);
    }

    public static bool IsInstanceOfException(MethodTable* target, object? value)
    {
        Refuse(value);
        return false;
    }

    public static void StelemRef(object?[] array, nint index, object? value)
    {
        Refuse(value);
    }

    public static ref object? LdelemaRef(object?[] array, nint index, MethodTable* type)
    {
        Refuse(array);
        return ref array[0];
    }

    private static object? Refuse(object? value)
    {
        ThrowHelpers.ThrowNotSupportedException();
        return value;
    }
}
