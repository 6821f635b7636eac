using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>What the description of one block leaves unsaid.</summary>
/// <param name="Block">The block's hardware name.</param>
/// <param name="Registers">How many registers it has; an array is one.</param>
/// <param name="Fields">How many fields they have.</param>
/// <param name="Items">What is unsaid, in the order of the registers.</param>
public sealed record BlockCompleteness(string Block, int Registers, int Fields, EquatableArray<UnsaidItem> Items)
{
    /// <summary>How often something is unsaid.</summary>
    public int Count(UnsaidKind kind) => Items.Count(item => item.Kind == kind);
}
