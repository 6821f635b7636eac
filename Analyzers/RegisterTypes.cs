using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers;

/// <summary>The types of Sluice.Registers that the rules speak of, as one compilation knows them.</summary>
internal sealed class RegisterTypes
{
    private const string Space = "Sluice.Registers.";

    private RegisterTypes(Compilation compilation, INamedTypeSymbol guestControlled, INamedTypeSymbol hardwareSink)
    {
        GuestControlled = guestControlled;
        HardwareSink = hardwareSink;
        Sanitizes = compilation.GetTypeByMetadataName(Space + "SanitizesAttribute");
        GuestValue = compilation.GetTypeByMetadataName(Space + "GuestValue");
        GuestAddress = compilation.GetTypeByMetadataName(Space + "GuestAddress");
        RegisterTraits = compilation.GetTypeByMetadataName(Space + "RegisterTraitsAttribute");
        FieldBits = compilation.GetTypeByMetadataName(Space + "FieldBitsAttribute");
        Register = compilation.GetTypeByMetadataName(Space + "Register`2");
        GeneratedCode = compilation.GetTypeByMetadataName("System.CodeDom.Compiler.GeneratedCodeAttribute");
        RegisterAccess = compilation.GetTypeByMetadataName(Space + "RegisterAccess");
        ReadOnlyRegister = compilation.GetTypeByMetadataName(Space + "ReadOnlyRegister`2");
        RegisterAddress = compilation.GetTypeByMetadataName(Space + "RegisterAddress");
        Bus = compilation.GetTypeByMetadataName(Space + "IRegisterBus");
        Tables = compilation.GetTypeByMetadataName(Space + "IRegisterTables");
        LogSink = compilation.GetTypeByMetadataName(Space + "LogSinkAttribute");
    }

    public INamedTypeSymbol GuestControlled { get; }

    public INamedTypeSymbol HardwareSink { get; }

    public INamedTypeSymbol? Sanitizes { get; }

    public INamedTypeSymbol? GuestValue { get; }

    public INamedTypeSymbol? GuestAddress { get; }

    public INamedTypeSymbol? RegisterTraits { get; }

    public INamedTypeSymbol? FieldBits { get; }

    public INamedTypeSymbol? Register { get; }

    public INamedTypeSymbol? RegisterAccess { get; }

    public INamedTypeSymbol? GeneratedCode { get; }

    public INamedTypeSymbol? ReadOnlyRegister { get; }

    public INamedTypeSymbol? RegisterAddress { get; }

    public INamedTypeSymbol? Bus { get; }

    public INamedTypeSymbol? Tables { get; }

    public INamedTypeSymbol? LogSink { get; }

    /// <summary>Null when the compilation does not use the library: then there is nothing to check.</summary>
    public static RegisterTypes? In(Compilation compilation)
        => LibraryUse.IsIn(compilation)
        && compilation.GetTypeByMetadataName(Space + "GuestControlledAttribute") is { } guestControlled
        && compilation.GetTypeByMetadataName(Space + "HardwareSinkAttribute") is { } hardwareSink
        ? new RegisterTypes(compilation, guestControlled, hardwareSink)
        : null;

    public static bool Is(ISymbol? symbol, INamedTypeSymbol? type) => type is not null && SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, type);

    public static AttributeData? Find(ISymbol symbol, INamedTypeSymbol? attribute)
    {
        if (attribute is not null)
        {
            foreach (AttributeData data in symbol.GetAttributes())
            {
                if (SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute))
                {
                    return data;
                }
            }
        }

        return null;
    }
}
