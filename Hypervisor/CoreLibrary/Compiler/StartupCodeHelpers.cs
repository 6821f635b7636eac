namespace Internal.Runtime.CompilerHelpers;

/// <summary>ilc looks for this type; the image's start-up assembly does the work that it would do.</summary>
internal static class StartupCodeHelpers
{
}

/// <summary>ilc scans RVA data through these.</summary>
internal static class LdTokenHelpers
{
    private static System.RuntimeTypeHandle GetRuntimeTypeHandle(nint type)
    {
        return default;
    }

    private static System.RuntimeMethodHandle GetRuntimeMethodHandle(nint method)
    {
        return default;
    }

    private static System.RuntimeFieldHandle GetRuntimeFieldHandle(nint field)
    {
        return default;
    }
}
