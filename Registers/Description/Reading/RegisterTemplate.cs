using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>A register before its name and place: what all elements of a list, and all registers of blocks that derive from each other, share.</summary>
/// <param name="Element">The element that describes it.</param>
/// <param name="Description">What it is.</param>
/// <param name="WidthBits">8, 16, 32 or 64.</param>
/// <param name="ResetValue">Its value after reset, zero outside the reset mask.</param>
/// <param name="ResetMask">The bits whose value after reset is defined.</param>
/// <param name="Fields">Its fields, with names in code that do not yet regard the register's.</param>
/// <param name="FieldElements">The elements that describe the fields.</param>
/// <param name="Masks">What each bit does.</param>
/// <param name="Source">Where the facts come from.</param>
/// <param name="Unsure">Why they are in doubt.</param>
/// <param name="TypeName">The name in code that the description asks for; empty when it does not.</param>
internal sealed record RegisterTemplate(
    MarkupElement Element,
    string Description,
    int WidthBits,
    ulong ResetValue,
    ulong ResetMask,
    EquatableArray<FieldModel> Fields,
    IReadOnlyList<(string Name, MarkupElement Element)> FieldElements,
    BitMasks Masks,
    string Source,
    string Unsure,
    string TypeName)
{
    /// <summary>What overlays say of it.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Which accesses the hardware lets through.</summary>
    public Protection Protection { get; init; }

    /// <summary>What software may write to it as a whole.</summary>
    public WriteConstraint Constraint { get; init; }

    /// <summary>What neither it nor anything around it says.</summary>
    public UnsaidProperties Unsaid { get; init; }
}
