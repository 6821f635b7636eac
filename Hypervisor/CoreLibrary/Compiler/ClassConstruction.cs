namespace System.Runtime.CompilerServices;

/// <summary>Called where a static constructor could not be evaluated at build time; at EL2 each must be.</summary>
internal static class ClassConstructorRunner
{
}

internal struct StaticClassConstructionContext
{
    public nint cctorMethodAddress;
}
