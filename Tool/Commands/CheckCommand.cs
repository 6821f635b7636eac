using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using Sluice.Registers.Description;
using Sluice.Tool.Input;
using Sluice.Tool.Output;
using Sluice.Tool.Proof;

namespace Sluice.Tool.Commands;

/// <summary><c>sluice check</c>: what is wrong with descriptions, and how each field that another party writes is sanitized.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("files")
        {
            Description = "Descriptions, or folders in which registers.xml and *.svd are looked for. What a description includes is found in the same folders.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> proof = new("--proof") { Description = "Print, for each block and view, how each register and writable field is treated" };
        Option<string> format = new("--format") { Description = "text, or sarif (SARIF 2.1.0)", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "sarif");
        Option<string?> output = new("--output") { Description = "Write into this file instead of the terminal" };
        Command command = new("check", "Report the problems of descriptions, as the build would") { files, proof, format, output };
        command.SetAction(parsed =>
        {
            IReadOnlyList<CheckedDescription> descriptions = DescriptionFiles.Open(parsed.GetRequiredValue(files)).Check(CancellationToken.None);
            bool isSarif = parsed.GetValue(format) == "sarif";
            string text = (isSarif, parsed.GetValue(proof)) switch
            {
                (true, bool isProof) => SarifReport.Write(descriptions, isProof),
                (false, true) => ProofText.Write(descriptions),
                (false, false) => ProblemText.Write(descriptions),
            };
            ResultFile.Write(text, parsed.GetValue(output), parsed.InvocationConfiguration.Output);
            return descriptions.Any(description => description.Result.HasErrors) ? ExitCodes.Problems : ExitCodes.Success;
        });
        return command;
    }
}
