using System;
using System.IO;
using Sluice.Tool.Commands;

namespace Sluice.Tool.Tests;

/// <summary>One run of the tool.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the tool, without a process of its own.</summary>
    public static ToolRun Of(params string[] arguments)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        int exitCode = SluiceCommand.Run(arguments, output, error);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>What it wrote, with the paths of a folder made relative to it.</summary>
    public string OutputIn(Folder folder) => Output.Replace(folder.Path.Replace('\\', '/') + "/", "", StringComparison.Ordinal);
}
