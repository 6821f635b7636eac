using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>Width and sign of a type that holds an integer; an enum is its underlying type.</summary>
internal readonly struct IntegerType
{
    private IntegerType(int width, bool isSigned)
    {
        Width = width;
        IsSigned = isSigned;
    }

    /// <summary>Bits; 0 for what is no integer.</summary>
    public int Width { get; }

    public bool IsSigned { get; }

    public static IntegerType Of(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
        {
            type = underlying;
        }

        return type?.SpecialType switch
        {
            SpecialType.System_Byte => new IntegerType(8, isSigned: false),
            SpecialType.System_SByte => new IntegerType(8, isSigned: true),
            SpecialType.System_UInt16 or SpecialType.System_Char => new IntegerType(16, isSigned: false),
            SpecialType.System_Int16 => new IntegerType(16, isSigned: true),
            SpecialType.System_UInt32 => new IntegerType(32, isSigned: false),
            SpecialType.System_Int32 => new IntegerType(32, isSigned: true),
            SpecialType.System_UInt64 or SpecialType.System_UIntPtr => new IntegerType(64, isSigned: false),
            SpecialType.System_Int64 or SpecialType.System_IntPtr => new IntegerType(64, isSigned: true),
            _ => type is { TypeKind: TypeKind.Pointer } ? new IntegerType(64, isSigned: false) : default,
        };
    }

    /// <summary>Whether every value comes out of a conversion as it went in.</summary>
    public bool KeepsEveryValueIn(IntegerType target)
        => Width != 0
        && (IsSigned == target.IsSigned ? target.Width >= Width : !IsSigned && target.Width > Width);

    /// <summary>Whether what is known of a value of this type is enough to call it bounded.</summary>
    public bool IsBounded(Bounds bounds) => (bounds & Bounds.Upper) != 0 && (!IsSigned || (bounds & Bounds.NotNegative) != 0);

    /// <summary>What is still known of a value of this type after a conversion.</summary>
    public Bounds Convert(Bounds bounds, IntegerType target)
    {
        if (Width == 0 || target.Width == 0)
        {
            return bounds;
        }

        if (KeepsEveryValueIn(target))
        {
            return IsSigned ? bounds : bounds | Bounds.NotNegative;
        }

        // A negative number becomes a huge one, a huge one a small or a negative one: only what is bounded stays so.
        return IsBounded(bounds) ? (bounds & ~Bounds.Floor) | Bounds.NotNegative : Bounds.None;
    }

    /// <summary>The bits of a constant of this type.</summary>
    public ulong BitsOf(object constant)
    {
        ulong bits = unchecked(constant switch
        {
            byte value => value,
            sbyte value => (ulong)value,
            ushort value => value,
            short value => (ulong)value,
            char value => value,
            uint value => value,
            int value => (ulong)value,
            ulong value => value,
            long value => (ulong)value,
            _ => 0ul,
        });
        return bits & Mask;
    }

    /// <summary>All bits of the type.</summary>
    public ulong Mask => Width is 0 or 64 ? ulong.MaxValue : (1ul << Width) - 1;
}
