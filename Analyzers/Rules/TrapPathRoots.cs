using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>
/// The methods with which a trap begins: marked themselves or through the property, the type or the member that they implement, or as the
/// implementation of an interface that is marked as a whole, such as that of a generated view's hooks.
/// </summary>
internal sealed class TrapPathRoots(INamedTypeSymbol attribute)
{
    private readonly Annotations _marks = new(attribute);
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableHashSet<ISymbol>> _hooks = new(SymbolEqualityComparer.Default);

    public bool Has(ISymbol method)
        => _marks.Has(method)
        || (method is IMethodSymbol { AssociatedSymbol: { } member } && _marks.Has(member))
        || (method is not IMethodSymbol { MethodKind: MethodKind.StaticConstructor }
            && method.ContainingType is { } type
            && (_marks.Has(type) || _hooks.GetOrAdd(type.OriginalDefinition, Find).Contains(method.OriginalDefinition)));

    /// <summary>What implements a member of a marked interface.</summary>
    private ImmutableHashSet<ISymbol> Find(INamedTypeSymbol type)
    {
        ImmutableHashSet<ISymbol>.Builder hooks = ImmutableHashSet.CreateBuilder<ISymbol>(SymbolEqualityComparer.Default);
        if (type.TypeKind != TypeKind.Interface)
        {
            foreach (INamedTypeSymbol contract in type.AllInterfaces.Where(_marks.Has))
            {
                hooks.UnionWith(contract.GetMembers().Select(type.FindImplementationForInterfaceMember).OfType<ISymbol>().Select(member => member.OriginalDefinition));
            }
        }

        return hooks.ToImmutable();
    }
}
