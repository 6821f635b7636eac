using System.Collections.Generic;
using System.Linq;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The source of a device's sequences: one static class.</summary>
internal static class DeviceSequences
{
    /// <summary>Writes the source; empty when none of the sequences reaches wanted blocks only.</summary>
    /// <param name="device">The device.</param>
    /// <param name="codeNamespace">The namespace of the code.</param>
    /// <param name="wanted">The indices of the blocks of which code is made.</param>
    public static string Emit(DeviceModel device, string codeNamespace, ISet<int> wanted)
    {
        SequenceModel[] sequences = [.. device.Sequences.Where(sequence => BlocksOf(device, sequence).All(wanted.Contains))];
        if (sequences.Length == 0)
        {
            return "";
        }

        BlockModel[] blocks = [.. device.Blocks.Select(static block => ReservedNames.Avoid(block))];
        SourceWriter writer = new();
        BlockEmitter.EmitHead(writer, codeNamespace);
        XmlDoc.Summary(writer, XmlDoc.Sentences(device.Name + ": sequences over several blocks"));
        writer.Line(BlockEmitter.GeneratedCode);
        using (writer.Block("public static class " + device.SequencesTypeName))
        {
            foreach (SequenceModel sequence in sequences)
            {
                SequenceNames names = new();
                new SequenceEmitter(writer, SequenceTarget.OfDevice(blocks, codeNamespace, device, sequence, names), device, names).Emit(sequence);
            }
        }

        return writer.ToString();
    }

    /// <summary>The blocks that a sequence, or one that it calls, reaches, in order.</summary>
    public static IEnumerable<int> BlocksOf(DeviceModel device, SequenceModel sequence)
    {
        SortedSet<int> blocks = [];
        HashSet<string> met = [];
        Stack<SequenceModel> left = new([sequence]);
        while (left.Count != 0)
        {
            SequenceModel next = left.Pop();
            blocks.UnionWith(next.Arguments.Where(static argument => argument.Block >= 0).Select(static argument => argument.Block));
            foreach (StepModel step in All(next.Steps).Concat(All(next.Undo)))
            {
                if (step.Block >= 0)
                {
                    blocks.Add(step.Block);
                }
                else if (step.Kind == StepKind.Call && met.Add(step.Callee))
                {
                    left.Push(device.Sequences.First(callee => callee.Name == step.Callee));
                }
            }
        }

        return blocks;
    }

    private static IEnumerable<StepModel> All(IEnumerable<StepModel> steps)
        => steps.SelectMany(static step => All(step.Steps).Concat(All(step.Otherwise)).Append(step));
}
