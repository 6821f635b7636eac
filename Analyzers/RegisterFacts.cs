using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers;

/// <summary>What the description says of a register, read from the attributes that the generator put on its value type.</summary>
internal sealed class RegisterFacts
{
    private readonly ConcurrentDictionary<ITypeSymbol, ulong> _writeEffects = new(SymbolEqualityComparer.Default);
    private readonly RegisterTypes _types;

    public RegisterFacts(RegisterTypes types)
    {
        _types = types;
    }

    /// <summary>The bits on which writing back what was read acts; 0 for what is no register.</summary>
    public ulong WriteEffects(ITypeSymbol register) => _writeEffects.GetOrAdd(register, type => Number(type, "WriteEffects"));

    /// <summary>The bits that a read changes; 0 for what is no register.</summary>
    public ulong ReadEffects(ITypeSymbol register) => Number(register, "ReadEffects");

    /// <summary>The bits that a read shows.</summary>
    public ulong Readable(ITypeSymbol register) => Number(register, "Readable");

    /// <summary>The bits on which a write acts.</summary>
    public ulong Writable(ITypeSymbol register) => Number(register, "Writable");

    /// <summary>The bits that mean nothing yet.</summary>
    public ulong Reserved(ITypeSymbol register) => Number(register, "Reserved");

    /// <summary>How many bits the register has; 0 for what is no register.</summary>
    public int WidthBits(ITypeSymbol register) => (int)Number(register, "WidthBits");

    /// <summary>Whether the type is a register as the generator writes it.</summary>
    public bool IsRegister(ITypeSymbol type) => RegisterTypes.Find(type, _types.RegisterTraits) is not null;

    /// <summary>The bits of a field in its register; 0 for what is no field.</summary>
    public ulong BitsOf(IPropertySymbol field)
    {
        int width = WidthOf(field, out int lowest);
        return width == 0 ? 0 : (width >= 64 ? ulong.MaxValue : (1ul << width) - 1) << lowest;
    }

    /// <summary>How many bits a field has, and which is its lowest; 0 for what is no field.</summary>
    public int WidthOf(IPropertySymbol field, out int lowest)
    {
        lowest = 0;
        if (RegisterTypes.Find(field, _types.FieldBits) is not { ConstructorArguments: { Length: 2 } arguments })
        {
            return 0;
        }

        lowest = arguments[0].Value is int low and >= 0 and < 64 ? low : 0;
        return arguments[1].Value is int width and > 0 and <= 64 ? width : 0;
    }

    /// <summary>The smallest and the largest value that software may write to a field, and whether it must have a name.</summary>
    public (ulong Minimum, ulong Maximum, bool IsNamed) WritableOf(IPropertySymbol field)
    {
        AttributeData? bits = RegisterTypes.Find(field, _types.FieldBits);
        return (Number(bits, "Minimum", 0), Number(bits, "Maximum", ulong.MaxValue), Number(bits, "IsNamed", 0) != 0);
    }

    private ulong Number(ITypeSymbol register, string name) => Number(RegisterTypes.Find(register, _types.RegisterTraits), name, 0);

    private static ulong Number(AttributeData? attribute, string name, ulong otherwise)
    {
        if (attribute is not null)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
            {
                if (argument.Key == name && argument.Value.Value is { } value)
                {
                    return Convert.ToUInt64(value, CultureInfo.InvariantCulture);
                }
            }
        }

        return otherwise;
    }
}
