using Microsoft.CodeAnalysis;
using Sluice.Analyzers.FlowAnalysis;

namespace Sluice.Analyzers.Rules;

/// <summary>From what a guest controls to what the host's own code does with a number.</summary>
internal sealed class GuestUsePolicy : GuestValuePolicy
{
    private readonly RegisterTypes _types;
    private readonly UnannotatedCalls _unannotated;

    public GuestUsePolicy(RegisterTypes types, bool isStrict)
        : base(types, isStrict)
    {
        _types = types;
        _unannotated = new UnannotatedCalls(types);
        IsStrict = isStrict;
        Logs = new LogMethods(types.LogSink);
    }

    public bool IsStrict { get; }

    public LogMethods Logs { get; }

    public override bool AsksForLoops => true;

    public override bool Refuses(ISymbol sink, TrackedValue value, ITypeSymbol? type)
        => IsEnumMember(sink, value, type) || IsLogText(sink, type) || IsUnmarked(sink, value, type);

    /// <summary>Whether a number arrives at a parameter of the project's own of which nothing is said: there it would be taken for a trusted one.</summary>
    public static bool IsNumber(ISymbol sink)
        => sink is IParameterSymbol parameter && IntegerType.Of(parameter.OriginalDefinition.Type).Width != 0 && parameter.OriginalDefinition.Type.TypeKind != TypeKind.Enum;

    private bool IsUnmarked(ISymbol sink, TrackedValue value, ITypeSymbol? type)
        => !IntegerType.Of(type).IsBounded(value.Bounds)
        && sink is IParameterSymbol { RefKind: not RefKind.Out, ContainingSymbol: IMethodSymbol { DeclaringSyntaxReferences.Length: > 0 } method } parameter
        && IsNumber(parameter)
        && !IsMarked(parameter)
        && !IsMarked(method)
        && !Logs.Has(method)
        && _unannotated.Contains(method);

    /// <summary>Whether a value arrives where only an enum's members are expected: tested before, it is one of them; flags have no members to be one of.</summary>
    public bool IsEnumMember(ISymbol sink, TrackedValue value, ITypeSymbol? type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Enum }
        && !IntegerType.Of(type).IsBounded(value.Bounds)
        && !IsMarked(sink)
        && !HasFlags(type)
        && sink switch
        {
            IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
                => Is(parameter.OriginalDefinition.Type, type) && !Sanitizes(method) && method.MethodKind != MethodKind.LocalFunction && !IsOfTheFramework(method),
            IPropertySymbol property => Is(property.Type, type) && RegisterTypes.Find(property, _types.FieldBits) is null,
            IFieldSymbol field => Is(field.Type, type),
            IMethodSymbol returning => Is(returning.ReturnType, type) && returning.MethodKind != MethodKind.LocalFunction && returning.MethodKind != MethodKind.AnonymousFunction,
            ITypeSymbol element => Is(element, type),
            _ => false,
        };

    private bool IsLogText(ISymbol sink, ITypeSymbol? type)
        => (type is { SpecialType: SpecialType.System_String } || Structure.IsHandler(type))
        && sink is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
        && TakesText(parameter)
        && !IsMarked(parameter)
        && (Logs.Has(method) || IsFormat(parameter));

    /// <summary>Whether a text arrives that becomes, or is built for, a string.</summary>
    public static bool TakesText(ISymbol sink) => sink is IParameterSymbol { Type: var type } && (type.SpecialType == SpecialType.System_String || Structure.IsHandler(type));

    /// <summary>Whether .NET takes what arrives for a format: braces in it ask for arguments that are not there.</summary>
    private static bool IsFormat(IParameterSymbol parameter)
        => parameter is { Name: "format", ContainingSymbol: IMethodSymbol { Name: "Format" or "AppendFormat", ContainingType: { Name: "String" or "StringBuilder" } type } } && type.ContainingNamespace.Name is "System" or "Text";

    private static bool Is(ITypeSymbol declared, ITypeSymbol given) => SymbolEqualityComparer.Default.Equals(declared, given);

    private static bool IsOfTheFramework(IMethodSymbol method) => method.ContainingNamespace?.ToDisplayString().StartsWith("System", System.StringComparison.Ordinal) == true;

    private static bool HasFlags(ITypeSymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" })
            {
                return true;
            }
        }

        return false;
    }

    public override bool Refuses(ValueUse use, TrackedValue value, ITypeSymbol? type)
    {
        IntegerType integer = IntegerType.Of(type);
        return use switch
        {
            // A negative count runs no loop, and what fits a byte runs it 255 times at most.
            ValueUse.LoopBound => integer.Width > 8 && (value.Bounds & Bounds.Upper) == 0,
            ValueUse.Element => (value.Bounds & Bounds.Within) == 0,
            ValueUse.AllocationSize => integer.Width > 8 && !integer.IsBounded(value.Bounds),
            _ => !integer.IsBounded(value.Bounds),
        };
    }
}
