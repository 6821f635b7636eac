using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>The view that is implied: what the block itself does with an access. A model of the hardware is made of it.</summary>
internal static class HardwareView
{
    /// <summary>Its name, which no description can give to another view.</summary>
    public const string Name = "hardware";

    private const string TypeName = "Hardware";

    /// <summary>
    /// A block with this view instead of those of the parties, and without sequences: every register is storage with its own semantics. What only the hardware knows
    /// to do is the model's to add.
    /// </summary>
    public static BlockModel Only(BlockModel block)
    {
        PolicyModel[] policies = [.. block.Registers.Select(Policy)];
        return block with { Views = new([new ViewModel(Name, TypeName, AbsentOnes: false, new(policies))]), Sequences = default };
    }

    private static PolicyModel Policy(RegisterModel register, int index)
        => new(index, PolicyKind.Emulated, ulong.MaxValue, ulong.MaxValue, register.ResetValue, HooksRead: false, HooksWrite: false, default);
}
