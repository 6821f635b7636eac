using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What tuples and records of structs are made of: there the compiler itself says which member holds which part.</summary>
internal static class Structure
{
    /// <summary>The parts of which an operation makes a tuple or a record, by position; default for anything else.</summary>
    public static ImmutableArray<IOperation> PartsOf(IOperation source)
    {
        while (source is IConversionOperation { OperatorMethod: null } conversion)
        {
            source = conversion.Operand;
        }

        return source switch
        {
            ITupleOperation tuple => tuple.Elements,
            IObjectCreationOperation { Type.IsValueType: true, Constructor: { } constructor } creation when IsOfRecord(constructor)
                => [.. creation.Arguments.OrderBy(argument => argument.Parameter!.Ordinal).Select(argument => argument.Value)],
            _ => default,
        };
    }

    /// <summary>The member that holds the part at a position; null for a type that says nothing of it.</summary>
    public static ISymbol? MemberAt(ITypeSymbol? type, int position)
    {
        if (type is not INamedTypeSymbol { IsValueType: true } named)
        {
            return null;
        }

        if (named.IsTupleType)
        {
            return position < named.TupleElements.Length ? Canonical(named.TupleElements[position]) : null;
        }

        IMethodSymbol? constructor = named.IsRecord ? named.InstanceConstructors.FirstOrDefault(IsOfRecord) : null;
        return constructor is not null && position < constructor.Parameters.Length
            ? named.GetMembers(constructor.Parameters[position].Name).OfType<IPropertySymbol>().FirstOrDefault(IsStored)
            : null;
    }

    /// <summary>One symbol for all names that an element of a tuple has.</summary>
    public static ISymbol Canonical(IFieldSymbol field) => field.CorrespondingTupleField?.OriginalDefinition ?? field;

    /// <summary>Whether a property of a struct is nothing but a field: what is written to it is what is read.</summary>
    public static bool IsStored(IPropertySymbol property)
        => property is { IsStatic: false, IsIndexer: false, ReturnsByRef: false, ReturnsByRefReadonly: false, ContainingType.IsValueType: true, IsAbstract: false }
        && property.OriginalDefinition is { DeclaringSyntaxReferences.Length: > 0 } declared
        && HasNoBody(declared.GetMethod)
        && HasNoBody(declared.SetMethod)
        && declared.ContainingType.GetMembers().Any(member => member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, declared));

    /// <summary>Whether a type takes the parts of an interpolated string.</summary>
    public static bool IsHandler(ITypeSymbol? type)
        => type?.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "InterpolatedStringHandlerAttribute", ContainingNamespace.Name: "CompilerServices" }) == true;

    private static bool IsOfRecord(IMethodSymbol constructor)
        => constructor.ContainingType.IsRecord && constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is RecordDeclarationSyntax);

    private static bool HasNoBody(IMethodSymbol? accessor)
        => accessor is null
        || accessor.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is AccessorDeclarationSyntax { Body: null, ExpressionBody: null } or ParameterSyntax);
}
