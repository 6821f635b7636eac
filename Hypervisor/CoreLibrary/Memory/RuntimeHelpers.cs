namespace System.Runtime.CompilerServices;

public static class RuntimeHelpers
{
    /// <summary>ilc replaces the call by the address of the static data.</summary>
    [Intrinsic]
    public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle field)
    {
        throw null!;
    }

    [Intrinsic]
    public static void InitializeArray(Array array, RuntimeFieldHandle field)
    {
        throw null!;
    }

    [Intrinsic]
    public static bool IsReferenceOrContainsReferences<T>()
        where T : allows ref struct
    {
        throw null!;
    }

    public static int OffsetToStringData => 12;
}
