using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>Which registers a driver's side is made of: those that are wanted, and those that they and the sequences rest on.</summary>
internal static class DriverRegisters
{
    /// <summary>The indices of a block's registers.</summary>
    /// <param name="block">The block.</param>
    /// <param name="wanted">The indices of the registers that are wanted.</param>
    public static ISet<int> Of(BlockModel block, IEnumerable<int> wanted)
    {
        HashSet<int> registers = [.. wanted];
        registers.UnionWith(block.Sequences.SelectMany(static sequence => Reached(sequence)).Select(static place => place.Register));

        // A window is opened by the register that selects, which may itself be behind one.
        Stack<int> left = new(registers);
        while (left.Count != 0)
        {
            if (block.Registers[left.Pop()].Window is { } window && registers.Add(window.Register))
            {
                left.Push(window.Register);
            }
        }

        return registers;
    }

    /// <summary>The registers that a sequence names, with the index of the block for one of a device; a called sequence's are its own.</summary>
    public static IEnumerable<(int Block, int Register)> Reached(SequenceModel sequence)
        => sequence.Arguments.Select(static argument => (argument.Block, argument.Register))
            .Concat(Steps(sequence.Steps).Concat(Steps(sequence.Undo)).Select(static step => (step.Block, step.Register)))
            .Where(static place => place.Register >= 0);

    private static IEnumerable<StepModel> Steps(IEnumerable<StepModel> steps)
        => steps.SelectMany(static step => Steps(step.Steps).Concat(Steps(step.Otherwise)).Append(step));
}
