using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Writes a sequence of a description as a script: the same steps as the generated method, for who has no .NET at hand yet.</summary>
public static class SequenceScript
{
    /// <summary>Writes a script.</summary>
    /// <param name="device">The description.</param>
    /// <param name="name">The sequence: its name for one of the device, the block's name, a dot and its name for one of a block.</param>
    /// <param name="arguments">What each of its arguments is; for a register's bits, all of them as one number.</param>
    /// <param name="kind">Who runs it.</param>
    /// <returns>The script, which is the same for the same description and arguments; or why there is none.</returns>
    public static ScriptResult Write(DeviceModel device, string name, IReadOnlyDictionary<string, ulong> arguments, ScriptKind kind)
    {
        if (!TryFind(device, name, out SequenceModel? sequence, out int block))
        {
            string hint = Spelling.DidYouMean(name, Names(device));
            return new ScriptResult(null, "there is no sequence '" + name + "'" + hint);
        }

        if (Unfit(sequence!, arguments) is { } why)
        {
            return new ScriptResult(null, why);
        }

        ScriptPlanner planner = new(device);
        ScriptOperation.Group plan = planner.Plan(sequence!, block, arguments);
        if (planner.Problem is { } problem)
        {
            return new ScriptResult(null, problem);
        }

        ScriptText text = new("    ");
        Head(text, device, name, sequence!, arguments);
        if (kind == ScriptKind.UBoot)
        {
            new UBootScript(text).Write(plan);
        }
        else
        {
            new XsdbScript(text).Write(plan);
        }

        return new ScriptResult(text.ToString(), null);
    }

    /// <summary>The names of all sequences of a description, as <see cref="Write"/> takes them.</summary>
    public static IEnumerable<string> Names(DeviceModel device)
        => device.Sequences.Select(sequence => sequence.Name)
            .Concat(device.Blocks.SelectMany(block => block.Sequences.Select(sequence => block.Name + "." + sequence.Name)));

    /// <summary>Finds a sequence by its name.</summary>
    public static SequenceModel? Find(DeviceModel device, string name) => TryFind(device, name, out SequenceModel? sequence, out _) ? sequence : null;

    private static bool TryFind(DeviceModel device, string name, out SequenceModel? sequence, out int block)
    {
        block = -1;
        sequence = device.Sequences.FirstOrDefault(candidate => candidate.Name == name);
        for (int index = 0; sequence is null && index < device.Blocks.Count; index++)
        {
            string prefix = device.Blocks[index].Name + ".";
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                sequence = device.Blocks[index].Sequences.FirstOrDefault(candidate => candidate.Name == name.Substring(prefix.Length));
                block = index;
            }
        }

        return sequence is not null;
    }

    private static string? Unfit(SequenceModel sequence, IReadOnlyDictionary<string, ulong> arguments)
    {
        foreach (ArgumentModel argument in sequence.Arguments)
        {
            if (!arguments.TryGetValue(argument.Name, out ulong value))
            {
                return "the argument '" + argument.Name + "' is not given";
            }

            if (value < argument.Minimum || value > argument.Maximum)
            {
                return string.Format(CultureInfo.InvariantCulture, "the argument '{0}' lies between 0x{1:X} and 0x{2:X}", argument.Name, argument.Minimum, argument.Maximum);
            }
        }

        string? stranger = arguments.Keys.Where(given => !sequence.Arguments.Any(argument => argument.Name == given)).OrderBy(given => given, StringComparer.Ordinal).FirstOrDefault();
        return stranger is null ? null : "there is no argument '" + stranger + "'" + Spelling.DidYouMean(stranger, sequence.Arguments.Select(argument => argument.Name));
    }

    private static void Head(ScriptText text, DeviceModel device, string name, SequenceModel sequence, IReadOnlyDictionary<string, ulong> arguments)
    {
        text.Line("# " + ScriptText.Plain(device.Name + ": " + name));
        foreach (string remark in new[] { sequence.Description, Label("source: ", sequence.Source), Label("unsure: ", sequence.Unsure) }.Where(remark => remark.Length != 0))
        {
            text.Line("# " + ScriptText.Plain(remark));
        }

        foreach (ArgumentModel argument in sequence.Arguments)
        {
            text.Line("# " + argument.Name + " = " + ScriptText.Hex(arguments[argument.Name]));
        }
    }

    private static string Label(string label, string remark) => remark.Length == 0 ? "" : label + remark;
}
