using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text;
using System.Threading;
using Sluice.Registers.Description;
using Sluice.Tool.Input;
using Sluice.Tool.Output;

namespace Sluice.Tool.Commands;

/// <summary><c>sluice report</c>: what descriptions, with their overlays, leave unsaid.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("files")
        {
            Description = "Descriptions, or folders in which registers.xml and *.svd are looked for. Overlays are found beside a description, or named.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> output = new("--output") { Description = "Write into this file instead of the terminal" };
        Command command = new("report", "List what descriptions leave unsaid") { files, output };
        command.SetAction(parsed =>
        {
            IReadOnlyList<CheckedDescription> descriptions = DescriptionFiles.Open(parsed.GetRequiredValue(files)).Check(CancellationToken.None);
            StringBuilder text = new();
            foreach (CheckedDescription description in descriptions)
            {
                text.Append(descriptions.Count == 1 ? "" : description.Root.Path + "\n").Append(CompletenessReport.Text(description.Result));
            }

            ResultFile.Write(text.ToString(), parsed.GetValue(output), parsed.InvocationConfiguration.Output);
            foreach (CheckedDescription description in descriptions.Where(description => !description.Result.IsComplete))
            {
                parsed.InvocationConfiguration.Error.Write("sluice: '" + PathText.Of(description.Root.Path) + "' has errors, and what they are about is not in the report: see sluice check\n");
            }

            return descriptions.All(description => description.Result.IsComplete) ? ExitCodes.Success : ExitCodes.Problems;
        });
        return command;
    }
}
