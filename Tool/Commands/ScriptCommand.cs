using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Sluice.Registers.Description;
using Sluice.Tool.Input;
using Sluice.Tool.Output;

namespace Sluice.Tool.Commands;

/// <summary><c>sluice script</c>: a sequence of a description as a script.</summary>
internal static class ScriptCommand
{
    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "A description" };
        Argument<string?> sequence = new("sequence")
        {
            Description = "The sequence: its name, for one of a block behind the block's name and a dot. Without it, the sequences are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> kind = new("--for") { Description = "Who runs it: u-boot, or xsdb", DefaultValueFactory = _ => "u-boot" };
        kind.AcceptOnlyFromAmong("u-boot", "xsdb");
        Option<string[]> set = new("--set") { Description = "An argument of the sequence, as Name=number", DefaultValueFactory = _ => [] };
        Option<string?> output = new("--output") { Description = "Write into this file instead of the terminal" };
        Command command = new("script", "Write a sequence as a script") { file, sequence, kind, set, output };
        command.SetAction(parsed =>
        {
            DeviceModel device = Read(parsed.GetRequiredValue(file));
            string text = parsed.GetValue(sequence) is { } name
                ? Script(device, name, Numbers(parsed.GetRequiredValue(set)), parsed.GetValue(kind) == "xsdb" ? ScriptKind.Xsdb : ScriptKind.UBoot)
                : List(device);
            ResultFile.Write(text, parsed.GetValue(output), parsed.InvocationConfiguration.Output);
            return ExitCodes.Success;
        });
        return command;
    }

    private static DeviceModel Read(string path)
    {
        CheckedDescription[] read = [.. DescriptionFiles.Open([path]).Check(CancellationToken.None)];
        if (read is [{ Result: { HasErrors: false, Model: { } model } }])
        {
            return model;
        }

        throw new UnusableInputException(read.Length == 1 ? $"'{PathText.Of(path)}' has errors: see sluice check" : $"'{PathText.Of(path)}' is not one description");
    }

    private static string Script(DeviceModel device, string name, Dictionary<string, ulong> numbers, ScriptKind kind)
    {
        ScriptResult script = SequenceScript.Write(device, name, numbers, kind);
        return script.Text ?? throw new UnusableInputException(script.Problem ?? name);
    }

    private static Dictionary<string, ulong> Numbers(string[] settings)
    {
        Dictionary<string, ulong> numbers = new(StringComparer.Ordinal);
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !TryNumber(setting[(equals + 1)..], out ulong number) || !numbers.TryAdd(setting[..equals], number))
            {
                throw new UnusableInputException($"--set takes Name=number, each name once, and not '{setting}'");
            }
        }

        return numbers;
    }

    private static bool TryNumber(string text, out ulong number)
        => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string List(DeviceModel device)
    {
        StringBuilder text = new();
        foreach (string name in SequenceScript.Names(device))
        {
            SequenceModel sequence = SequenceScript.Find(device, name)!;
            text.Append(name);
            foreach (ArgumentModel argument in sequence.Arguments)
            {
                text.Append(CultureInfo.InvariantCulture, $" {argument.Name}=0x{argument.Minimum:X}..0x{argument.Maximum:X}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
