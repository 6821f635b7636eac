using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers;

/// <summary>
/// Which symbols are marked by an attribute: themselves, or through the member that they override or implement. One for a compilation; the answers
/// are kept, since the same few members are asked for again and again.
/// </summary>
internal sealed class Annotations
{
    private readonly ConcurrentDictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);
    private readonly INamedTypeSymbol? _attribute;

    public Annotations(INamedTypeSymbol? attribute)
    {
        _attribute = attribute;
    }

    public bool Has(ISymbol symbol) => _attribute is not null && _known.GetOrAdd(symbol.OriginalDefinition, Find);

    /// <summary>Whether a method has a parameter that is marked.</summary>
    public bool HasOnParameter(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (Has(parameter))
            {
                return true;
            }
        }

        return false;
    }

    private bool Find(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => IsMarked(parameter) || FindParameter(parameter),
        IMethodSymbol method => IsMarked(method) || IsMarked(method.GetReturnTypeAttributes()) || FindMember(method),
        IPropertySymbol property => IsMarked(property) || FindMember(property),
        _ => IsMarked(symbol),
    };

    private bool FindParameter(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method)
        {
            return false;
        }

        foreach (ISymbol member in Origins(method))
        {
            ImmutableArray<IParameterSymbol> parameters = ((IMethodSymbol)member).Parameters;
            if (parameter.Ordinal < parameters.Length && Has(parameters[parameter.Ordinal]))
            {
                return true;
            }
        }

        return false;
    }

    private bool FindMember(ISymbol member)
    {
        foreach (ISymbol origin in Origins(member))
        {
            if (Has(origin))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a member overrides, implements or completes.</summary>
    private static ImmutableArray<ISymbol> Origins(ISymbol member)
    {
        ImmutableArray<ISymbol>.Builder origins = ImmutableArray.CreateBuilder<ISymbol>();
        ISymbol? overridden = member switch
        {
            // The parts of a partial method share their attributes; only the first of them is what others implement and call. There is no way back, or each would ask the other for ever.
            IMethodSymbol method => method.OverriddenMethod ?? method.PartialDefinitionPart,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
        if (overridden is not null)
        {
            origins.Add(overridden);
        }

        if (member.ContainingType is { TypeKind: not TypeKind.Interface } type)
        {
            foreach (INamedTypeSymbol contract in type.AllInterfaces)
            {
                foreach (ISymbol declared in contract.GetMembers())
                {
                    if (declared.Kind == member.Kind && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(declared), member))
                    {
                        origins.Add(declared);
                    }
                }
            }
        }

        return origins.ToImmutable();
    }

    private bool IsMarked(ISymbol symbol) => IsMarked(symbol.GetAttributes());

    private bool IsMarked(ImmutableArray<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _attribute))
            {
                return true;
            }
        }

        return false;
    }
}
