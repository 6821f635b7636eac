using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>The places of one method, each once.</summary>
internal sealed class PlaceTable
{
    private static readonly object s_this = new();
    private static readonly object s_memory = new();
    private static readonly object s_fit = new();

    private readonly FlowPolicy _policy;
    private readonly Dictionary<IPropertySymbol, bool> _properties = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(Place? Parent, object Key), Place> _places = new(KeyComparer.Instance);

    public PlaceTable(FlowPolicy policy)
    {
        _policy = policy;
    }

    /// <summary>What a pattern is being matched with, while its members are.</summary>
    public Place? PatternInput { get; set; }

    /// <summary>The place that an operation names; null when it computes something instead.</summary>
    public Place? Of(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => Root(local.Local, local.Local.Type, local),
        IParameterReferenceOperation parameter => Root(parameter.Parameter, parameter.Parameter.Type, parameter),
        IFlowCaptureReferenceOperation capture => Temporary(capture.Id, capture.Type),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self => Root(s_this, self.Type, self),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } => PatternInput,
        IFieldReferenceOperation { Field.IsVolatile: true } field when _policy.DefaultOf(field.Field, field.Type, field.Syntax) is { IsClean: false } => null,
        IFieldReferenceOperation { Instance: null } field when !field.Field.IsConst => Root(field.Field, field.Type, field),
        IFieldReferenceOperation { Instance: { } instance } field =>
            Of(instance) is { } parent ? Member(parent, Structure.Canonical(field.Field), field.Type, field.Syntax) : null,
        IPropertyReferenceOperation { Instance: { } instance, Arguments.Length: 0 } property when IsPlace(property.Property) =>
            Of(instance) is { } parent ? Member(parent, property.Property, property.Type, property.Syntax) : null,
        IDeclarationExpressionOperation declaration => Of(declaration.Expression),
        IConversionOperation { OperatorMethod: null } same when SymbolEqualityComparer.Default.Equals(same.Type, same.Operand.Type) => Of(same.Operand),
        _ => null,
    };

    public Place Local(ILocalSymbol local, SyntaxNode syntax) => Add(null, local, local.Type, local, syntax, isShared: false);

    public Place Parameter(IParameterSymbol parameter, SyntaxNode syntax) => Add(null, parameter, parameter.Type, parameter, syntax, isShared: false);

    public Place Temporary(CaptureId id, ITypeSymbol? type) => Add(null, id, type, null, null, isShared: false);

    /// <summary>The value of a place after a conversion that drops bits: bounding it says nothing about the place itself.</summary>
    public Place Narrowed(Place place, ITypeSymbol type) => Add(place, type, type, null, null, place.IsShared);

    /// <summary>The sum of a place and of another, or of a number.</summary>
    public Place Sum(Place left, object right) => Add(left, right, left.Type, null, null, left.IsShared);

    /// <summary>Stands for what a test has shown: that two places can be added without wrapping around. It holds something clean where that is known.</summary>
    public Place Fit(Place left, Place right) => Add(Sum(left, right), s_fit, null, null, null, left.IsShared);

    /// <summary>The memory that a ref local refers to and that no variable holds.</summary>
    public Place Reread(Place local, TrackedValue value)
    {
        Place memory = Add(local, s_memory, local.Type, null, null, isShared: false);
        memory.OwnDefault = value.WithIdentity(null);
        memory.IsReread = true;
        return memory;
    }

    /// <summary>A property that is nothing but a field, or one of a readonly struct, whose fields cannot change: reading it twice is one value.</summary>
    private bool IsPlace(IPropertySymbol property)
    {
        if (!_properties.TryGetValue(property, out bool isPlace))
        {
            isPlace = (property.ContainingType is { TypeKind: TypeKind.Struct, IsReadOnly: true } && !property.IsStatic && !property.ReturnsByRef)
                || Structure.IsStored(property);
            _properties.Add(property, isPlace);
        }

        return isPlace;
    }

    /// <summary>The place that is to <paramref name="target"/> what another is to <paramref name="source"/>.</summary>
    public Place Moved(Place place, Place source, Place target, SyntaxNode syntax)
        => ReferenceEquals(place, source)
        ? target
        : Add(Moved(place.Parent!, source, target, syntax), place.Key, place.Type, place.Key as IFieldSymbol ?? (ISymbol?)(place.Key as IPropertySymbol), syntax, target.IsShared);

    private Place Root(object key, ITypeSymbol? type, IOperation operation)
        => Add(null, key, type, key as ISymbol, operation.Syntax, isShared: operation is IFieldReferenceOperation);

    /// <summary>A member of what a place holds.</summary>
    public Place Member(Place parent, ISymbol member, ITypeSymbol? type, SyntaxNode syntax)
    {
        bool isShared = parent.IsShared || (member is IFieldSymbol && parent.Type is not { IsValueType: true }) || ReferenceEquals(parent.Key, s_this);
        return Add(parent, member, type, member, syntax, isShared);
    }

    private Place Add(Place? parent, object key, ITypeSymbol? type, ISymbol? symbol, SyntaxNode? syntax, bool isShared)
    {
        if (!_places.TryGetValue((parent, key), out Place? place))
        {
            place = new Place(parent, key, type, isShared) { IsReread = parent is { IsReread: true } };
            TrackedValue? ownDefault = symbol is null ? null : _policy.DefaultOf(symbol, type, syntax!);
            place.OwnDefault = ownDefault?.WithIdentity(place) ?? (parent is null ? TrackedValue.Clean : null);
            _places.Add((parent, key), place);
        }

        return place;
    }

    private sealed class KeyComparer : IEqualityComparer<(Place? Parent, object Key)>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals((Place? Parent, object Key) x, (Place? Parent, object Key) y)
            => ReferenceEquals(x.Parent, y.Parent)
            && (x.Key is ISymbol left && y.Key is ISymbol right ? SymbolEqualityComparer.Default.Equals(left, right) : x.Key.Equals(y.Key));

        public int GetHashCode((Place? Parent, object Key) obj)
        {
            int key = obj.Key is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : obj.Key.GetHashCode();
            return unchecked((key * 31) + (obj.Parent is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Parent)));
        }
    }
}
