using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>A run of bits of a register.</summary>
/// <param name="Name">The hardware's name.</param>
/// <param name="TypeName">The name in code, .NET style, unique in the register.</param>
/// <param name="Description">What it is.</param>
/// <param name="LowBit">Its lowest bit in the register.</param>
/// <param name="WidthBits">How many bits it has.</param>
/// <param name="Access">Who may read and write it.</param>
/// <param name="Write">What a write does to it.</param>
/// <param name="Read">What a read does to it.</param>
/// <param name="Reserved">Whether it is reserved, and how.</param>
/// <param name="IsSticky">Whether it survives a reset that is no power-on reset.</param>
/// <param name="IsHardwareInitialised">HwInit: firmware or straps set it once; read-only for software.</param>
/// <param name="Values">Its named values; empty when it has none.</param>
/// <param name="EnumName">The name in code of the type of its named values; empty when it has none.</param>
public sealed record FieldModel(
    string Name,
    string TypeName,
    string Description,
    int LowBit,
    int WidthBits,
    FieldAccess Access,
    WriteAction Write,
    ReadAction Read,
    ReservedKind Reserved,
    bool IsSticky,
    bool IsHardwareInitialised,
    EquatableArray<EnumeratedValueModel> Values,
    string EnumName)
{
    /// <summary>The hardware's name for every value that <see cref="Values"/> does not name (SVD <c>isDefault</c>); empty when there is none.</summary>
    public string DefaultName { get; init; } = "";

    /// <summary>When writes to the field act; null when they always do, as far as its register takes them.</summary>
    public ConditionModel? WriteEnable { get; init; }

    /// <summary>What software may write to it.</summary>
    public WriteConstraint Constraint { get; init; }

    /// <summary>Whether software must write back what it read (SVD <c>writeAsRead</c>): it is preserved as RsvdP is, and has a meaning.</summary>
    public bool IsWrittenAsRead => Constraint.Kind == WriteConstraintKind.WriteAsRead && Write == WriteAction.Store;

    /// <summary>Where the facts on it come from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>The values that have a name for who writes them, each once: what an enumerated sanitizer lets pass.</summary>
    public IEnumerable<ulong> WrittenValues => Values.Where(value => value.Usage != ValueUsage.Read).Select(value => value.Value).Distinct();

    /// <summary>Whether software may write a value; what is written as read is not asked.</summary>
    /// <param name="value">The value, right-aligned.</param>
    public bool Takes(ulong value) => Write != WriteAction.Store || Constraint.Kind switch
    {
        WriteConstraintKind.Range => value >= Constraint.Minimum && value <= Constraint.Maximum,
        WriteConstraintKind.EnumeratedValues => WrittenValues.Contains(value),
        _ => true,
    };

    /// <summary>The field's bits in its register.</summary>
    public ulong Mask => (WidthBits >= 64 ? ulong.MaxValue : (1UL << WidthBits) - 1) << LowBit;
}
