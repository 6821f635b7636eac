using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// The calls of which no annotation says whose value they give back. Not among them: local functions, which are followed; the members of .NET,
/// through which a value passes; the library's own and generated members, whose annotations are complete.
/// </summary>
internal sealed class UnannotatedCalls(RegisterTypes types)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public bool Contains(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.DelegateInvoke => true,
        MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.ReducedExtension => !IsKnown(method.ContainingType),
        _ => false,
    };

    /// <summary>
    /// Whether a value of the type can hold a number of the guest's choice; a Boolean is one bit of it, which passes everywhere, and an enum's member was tested
    /// where the number became one.
    /// </summary>
    public static bool CanHold(ITypeSymbol? type)
        => type is not { TypeKind: TypeKind.Enum } and { IsValueType: true, SpecialType: not (SpecialType.System_Boolean or SpecialType.System_Void) } or IPointerTypeSymbol or IArrayTypeSymbol;

    private bool IsKnown(INamedTypeSymbol type) => _known.GetOrAdd(type.OriginalDefinition, Find);

    private bool Find(INamedTypeSymbol type)
    {
        if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, types.GuestControlled.ContainingAssembly) || IsSystem(type))
        {
            return true;
        }

        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (RegisterTypes.Find(outer, types.GeneratedCode) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSystem(INamedTypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space is { Name: "System", IsGlobalNamespace: false };
    }
}
