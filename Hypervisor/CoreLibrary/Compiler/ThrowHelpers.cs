using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// The calls that the JIT makes where a checked operation fails. There is no unwinder at EL2: each ends in the image's panic
/// routine. Helpers for a missing member are left out on purpose, so that ilc stops on one.
/// </summary>
internal static class ThrowHelpers
{
    [DoesNotReturn]
    public static void ThrowIndexOutOfRangeException()
    {
        Panic(1);
    }

    [DoesNotReturn]
    public static void ThrowNullReferenceException()
    {
        Panic(2);
    }

    [DoesNotReturn]
    public static void ThrowDivideByZeroException()
    {
        Panic(3);
    }

    [DoesNotReturn]
    public static void ThrowOverflowException()
    {
        Panic(4);
    }

    [DoesNotReturn]
    public static void ThrowArrayTypeMismatchException()
    {
        Panic(5);
    }

    [DoesNotReturn]
    public static void ThrowArgumentException()
    {
        Panic(6);
    }

    [DoesNotReturn]
    public static void ThrowArgumentOutOfRangeException()
    {
        Panic(7);
    }

    [DoesNotReturn]
    public static void ThrowNotSupportedException()
    {
        Panic(8);
    }

    [DoesNotReturn]
    public static void ThrowPlatformNotSupportedException()
    {
        Panic(9);
    }

    [DoesNotReturn]
    public static void ThrowFeatureBodyRemoved()
    {
        Panic(10);
    }

    [DoesNotReturn]
    public static void ThrowBodyRemoved()
    {
        Panic(11);
    }

    [DoesNotReturn]
    public static void ThrowInstanceBodyRemoved()
    {
        Panic(12);
    }

    [DoesNotReturn]
    public static void ThrowUnavailableType()
    {
        Panic(13);
    }

    [DoesNotReturn]
    public static void ThrowNotSupportedInlineArrayEqualsGetHashCode()
    {
        Panic(14);
    }

    [DoesNotReturn]
    public static void ThrowNotImplementedException()
    {
        Panic(15);
    }

    [DllImport("el2", EntryPoint = "sluice_panic")]
    [SuppressGCTransition]
    [DoesNotReturn]
    private static extern void Panic(int reason);
}
