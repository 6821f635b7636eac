using System;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>One entry of the property that chooses: a block, and the sides of it that code is made of.</summary>
/// <param name="Block">The block by hardware name or name in code; <see cref="Any"/> for every one.</param>
/// <param name="Sides"><see cref="Driver"/> and names of views; none for all sides.</param>
internal sealed record BlockChoice(string Block, EquatableArray<string> Sides)
{
    /// <summary>Every block.</summary>
    public const string Any = "*";

    /// <summary>The side of whoever drives the hardware.</summary>
    public const string Driver = "driver";

    /// <summary>Reads an entry such as <c>Timer</c>, <c>Timer:driver</c> or <c>*:driver+guest</c>.</summary>
    public static BlockChoice Of(string entry)
    {
        int colon = entry.IndexOf(':');
        return colon < 0
            ? new BlockChoice(entry, default)
            : new BlockChoice(
                entry.Substring(0, colon).Trim(),
                new([.. entry.Substring(colon + 1).Split('+').Select(static side => side.Trim()).Where(static side => side.Length != 0)]));
    }

    /// <summary>Whether it means a block.</summary>
    public bool Means(BlockModel block) => Block == Any || Block == block.TypeName || Block == block.Name;

    /// <summary>Whether it wants the driver's side.</summary>
    public bool WantsDriver => Sides.Count == 0 || Sides.Contains(Driver, StringComparer.Ordinal);

    /// <summary>Whether it wants a view.</summary>
    public bool WantsView(ViewModel view) => Sides.Count == 0 || Sides.Any(side => side == view.Name || side == view.TypeName);

    /// <summary>What the entry names that one of the given names must stand for: the block, and each view of it.</summary>
    public string[] Names => Block == Any
        ? [.. Views.Select(static side => Any + ":" + side)]
        : Sides.Count == 0 ? [Block] : [Block, .. Views.Select(side => Block + ":" + side)];

    private string[] Views => [.. Sides.Where(static side => side != Driver)];
}
