using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using Sluice.Tool.Input;

namespace Sluice.Tool.Commands;

/// <summary>The tool's root command. Each command below it is a file in this folder that makes one <see cref="Command"/>.</summary>
internal static class SluiceCommand
{
    private static RootCommand Create() => new("Works on register descriptions: CMSIS-SVD and the trap namespace.")
    {
        CheckCommand.Create(),
        ScriptCommand.Create(),
        ReportCommand.Create(),
    };

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">What stands behind its name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where complaints about the arguments and files go.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ParseResult parsed = Create().Parse(arguments);
        if (parsed.Errors.Count != 0)
        {
            foreach (ParseError problem in parsed.Errors)
            {
                Complain(error, problem.Message);
            }

            Complain(error, "see --help");
            return ExitCodes.Unusable;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UnusableInputException unusable)
        {
            Complain(error, unusable.Message);
            return ExitCodes.Unusable;
        }
    }

    private static void Complain(TextWriter error, string message) => error.Write("sluice: " + message.ReplaceLineEndings(" ").Replace("\t", "") + "\n");
}
