using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers;

/// <summary>Blocks of registers as the generator writes them: a class with the constants of its offsets, and a type for each register.</summary>
internal static class RegisterBlocks
{
    private const string Offsets = "Offsets";

    /// <summary>The block that a type is, or that it stands in; null for any other type.</summary>
    public static INamedTypeSymbol? Around(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? candidate = type; candidate is not null; candidate = candidate.ContainingType)
        {
            if (OffsetsOf(candidate) is not null)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The block whose offset a constant is.</summary>
    public static INamedTypeSymbol? OfOffset(IFieldSymbol field)
        => field is { IsConst: true, ContainingType: { Name: Offsets, ContainingType: { } block } } ? block : null;

    /// <summary>The block whose address a constant is.</summary>
    public static INamedTypeSymbol? OfBase(IFieldSymbol field)
        => field is { IsConst: true, Name: "BaseAddress", ContainingType: { } block } && OffsetsOf(block) is not null ? block : null;

    /// <summary>The type of the register whose offset a constant is; null when the block has none of that name.</summary>
    public static INamedTypeSymbol? RegisterAt(IFieldSymbol offset, RegisterFacts facts)
        => OfOffset(offset)?.GetTypeMembers(offset.Name).FirstOrDefault(facts.IsRegister);

    /// <summary>The constant for an offset; null when no register begins there.</summary>
    public static IFieldSymbol? NameOf(INamedTypeSymbol block, ulong offset)
        => OffsetsOf(block)?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.IsConst && ValueOf(field.ConstantValue) == offset);

    /// <summary>A constant as a number; null for what is none, or is negative.</summary>
    public static ulong? ValueOf(object? constant) => constant switch
    {
        byte or ushort or uint or ulong or char => Convert.ToUInt64(constant, CultureInfo.InvariantCulture),
        sbyte or short or int or long when Convert.ToInt64(constant, CultureInfo.InvariantCulture) is >= 0 and long number => (ulong)number,
        _ => null,
    };

    private static INamedTypeSymbol? OffsetsOf(INamedTypeSymbol block)
        => block.GetTypeMembers(Offsets).FirstOrDefault(type => type.IsStatic && type.Arity == 0);
}
