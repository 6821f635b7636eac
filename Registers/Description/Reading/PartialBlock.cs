using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>What can be told of a block in which something has no meaning.</summary>
internal static class PartialBlock
{
    /// <summary>The block with what code can name; null when it has no name that code could use.</summary>
    public static BlockModel? Of(BlockModel block)
    {
        if (!DotNetName.IsIdentifier(block.TypeName))
        {
            return null;
        }

        BlockModel partial = block with
        {
            // The methods are there to be named; what they would do may not be possible.
            Sequences = new EquatableArray<SequenceModel>([.. block.Sequences.Select(sequence => sequence with { Steps = default, Undo = default })]),
        };

        // Views and sequences know registers by their place among them.
        return block.Registers.All(IsNamed) ? partial : partial with
        {
            Registers = new EquatableArray<RegisterModel>([.. block.Registers.Where(IsNamed)]),
            Views = default,
        };
    }

    private static bool IsNamed(RegisterModel register)
        => DotNetName.IsIdentifier(register.TypeName) && register.Fields.All(field => DotNetName.IsIdentifier(field.TypeName)
            && field.Values.All(value => DotNetName.IsIdentifier(value.TypeName)));
}
