using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What is known of the outcome of an operator when this much is known of its operands.</summary>
internal static class Arithmetic
{
    public static TrackedValue Apply(BinaryOperatorKind kind, Operand left, Operand right, ITypeSymbol? type)
    {
        if (left.Value.IsClean && right.Value.IsClean)
        {
            return TrackedValue.Clean;
        }

        TrackedValue joined = TrackedValue.Join(left.Value, right.Value).WithIdentity(null);
        if (kind == BinaryOperatorKind.And && joined.Bits != 0)
        {
            ulong bits = joined.Bits & (PassedBy(left) & PassedBy(right));
            return bits == 0 ? TrackedValue.Clean : joined.WithBits(bits);
        }

        Bounds bounds = BoundsOf(kind, left, right, IntegerType.Of(type));
        return kind switch
        {
            BinaryOperatorKind.And when SelectsBits(left) || SelectsBits(right) => TrackedValue.Clean,
            BinaryOperatorKind.Remainder when right.Value.IsClean => TrackedValue.Clean,
            BinaryOperatorKind.Subtract or BinaryOperatorKind.ExclusiveOr when left.Value.Identity is { } identity && identity.Equals(right.Value.Identity) => TrackedValue.Clean,
            _ when IsComparison(kind) => TrackedValue.Clean,
            _ => joined.WithBounds(bounds),
        };
    }

    public static bool IsComparison(BinaryOperatorKind kind) => kind
        is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.ObjectValueEquals or BinaryOperatorKind.ObjectValueNotEquals
        or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
        or BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr;

    /// <summary>Whether a trusted operand of <c>&amp;</c> says which bits may pass. One that only aligns, or lets all through, does not.</summary>
    private static bool SelectsBits(Operand mask)
    {
        if (!mask.Value.IsClean)
        {
            return false;
        }

        if (mask.Constant is not { } constant || mask.Type.Width == 0)
        {
            return true;
        }

        ulong dropped = ~mask.Type.BitsOf(constant) & mask.Type.Mask;
        return (dropped & (dropped + 1)) != 0 || dropped == mask.Type.Mask;
    }

    /// <summary>The followed bits that a mask lets through: all of another followed value, none of a mask that is computed by those who know.</summary>
    private static ulong PassedBy(Operand operand)
        => !operand.Value.IsClean ? ulong.MaxValue : operand.Constant is { } constant ? operand.Type.BitsOf(constant) : 0;

    private static Bounds KnownOf(Operand operand) => operand.Value.IsClean ? Bounds.None : operand.Value.Bounds;

    private static Bounds BoundsOf(BinaryOperatorKind kind, Operand left, Operand right, IntegerType type)
    {
        Bounds both = left.Value.Bounds & right.Value.Bounds;
        bool oneIsTrusted = left.Value.IsClean || right.Value.IsClean;
        switch (kind)
        {
            case BinaryOperatorKind.And:
                // Not larger than the smaller of the two. A trusted operand that comes here selects no bits.
                return (KnownOf(left) | KnownOf(right)) & ~Bounds.Floor;
            case BinaryOperatorKind.Or:
            case BinaryOperatorKind.ExclusiveOr:
                return both & ~Bounds.Floor;
            case BinaryOperatorKind.Divide:
            case BinaryOperatorKind.RightShift:
            case BinaryOperatorKind.UnsignedRightShift:
                return left.Value.Bounds & ~Bounds.Floor;
            case BinaryOperatorKind.Add:
                // Two numbers that a guest chose, each within its bound, can be beyond both together.
                return oneIsTrusted ? both : Bounds.None;
            case BinaryOperatorKind.Multiply:
            case BinaryOperatorKind.LeftShift:
                return oneIsTrusted ? both & ~Bounds.Floor : Bounds.None;
            case BinaryOperatorKind.Subtract when right.Value.IsClean:
                bool hasFloor = (left.Value.Bounds & Bounds.Floor) != 0;
                Bounds kept = (left.Value.Bounds & Bounds.Upper) != 0 ? Bounds.Below : Bounds.None;
                return hasFloor ? kept | Bounds.NotNegative : type.IsSigned ? kept : Bounds.None;
            case BinaryOperatorKind.Subtract when left.Value.IsClean && right.Type.IsBounded(right.Value.Bounds):
                return Bounds.Below | Bounds.NotNegative;
            default:
                return Bounds.None;
        }
    }
}
