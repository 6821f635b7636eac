using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>One register, or an array of equal ones, which stays one description whatever its count.</summary>
/// <param name="Name">The hardware's name, with the names of enclosing clusters before it, joined by <c>_</c>, without array marks.</param>
/// <param name="TypeName">The name in code, .NET style, unique in the block.</param>
/// <param name="Description">What it is.</param>
/// <param name="Offset">Byte offset of the (first) register in the block.</param>
/// <param name="WidthBits">8, 16, 32 or 64.</param>
/// <param name="Dimension">How often it stands in the block and how far apart; one element when it is no array.</param>
/// <param name="ResetValue">Its value after reset, with the bits outside the reset mask zero.</param>
/// <param name="ResetMask">The bits whose value after reset is defined.</param>
/// <param name="Fields">Its fields, sorted by lowest bit. Bits that no field covers are reserved: RsvdZ, unless the register has no field at all.</param>
/// <param name="Masks">What each bit does, computed from the fields.</param>
/// <param name="Source">Where the facts come from; empty when the description does not say.</param>
/// <param name="Unsure">Why the facts are in doubt; empty when they are not.</param>
public sealed record RegisterModel(
    string Name,
    string TypeName,
    string Description,
    uint Offset,
    int WidthBits,
    RegisterDimension Dimension,
    ulong ResetValue,
    ulong ResetMask,
    EquatableArray<FieldModel> Fields,
    BitMasks Masks,
    string Source,
    string Unsure)
{
    /// <summary>What an overlay says of it: the overlay's file, what it says, and why where it contradicts; empty when none does.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Which accesses the hardware lets through.</summary>
    public Protection Protection { get; init; }

    /// <summary>The names of an array's elements (SVD <c>dimArrayIndex</c>, or a <c>dimIndex</c> that lists names); empty when they have only numbers.</summary>
    public EquatableArray<EnumeratedValueModel> ElementNames { get; init; }

    /// <summary>The name in code of the type of these names; registers whose elements have the same names share it.</summary>
    public string ElementNamesTypeName { get; init; } = "";

    /// <summary>What software may write to it as a whole: a range. What is said of each of its fields is theirs.</summary>
    public WriteConstraint Constraint { get; init; }

    /// <summary>What neither it nor anything around it says.</summary>
    public UnsaidProperties Unsaid { get; init; }

    /// <summary>When the register is there; null when it always is.</summary>
    public ConditionModel? Present { get; init; }

    /// <summary>When writes to the register act; null when they always do.</summary>
    public ConditionModel? WriteEnable { get; init; }

    /// <summary>How wide accesses may be.</summary>
    public AccessWidths Widths { get; init; }

    /// <summary>How the halves of a 64-bit register go together.</summary>
    public WideOrder Order { get; init; }

    /// <summary>Which accesses move a queue behind the register.</summary>
    public FifoKind Fifo { get; init; }

    /// <summary>What selects that which the register reaches; null when it is no window.</summary>
    public WindowModel? Window { get; init; }

    /// <summary>The reset value of each element of an array, where they differ; else empty.</summary>
    public EquatableArray<ulong> ElementResets { get; init; }

    /// <summary>The value of an element after reset.</summary>
    /// <param name="element">Which element.</param>
    public ulong ResetOf(uint element) => element < (uint)ElementResets.Count ? ElementResets[(int)element] : ResetValue;

    /// <summary>The bits that a modify writes as they are given: what stores, what must be preserved, and what nobody has described.</summary>
    public ulong ModifyKeeps => Masks.Store | Masks.ReservedPreserve | (Undescribed & ~Masks.WriteEffects);

    /// <summary>The bits that a modify writes as one whatever is given, because that changes nothing: those that a zero acts on.</summary>
    public ulong ModifySets => Masks.ZeroToClear | Masks.ZeroToSet | Masks.ZeroToToggle;

    /// <summary>The bits that are in no field.</summary>
    public ulong Undescribed => Fields.Aggregate(WidthBits >= 64 ? ulong.MaxValue : (1UL << WidthBits) - 1, (left, described) => left & ~described.Mask);
}
