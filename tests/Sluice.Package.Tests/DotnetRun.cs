using System;
using System.Diagnostics;
using System.Linq;
using System.Text;

namespace Sluice.Package.Tests;

/// <summary>One finished run of the SDK's command: its exit code and all that it printed.</summary>
internal sealed record DotnetRun(int ExitCode, string Output)
{
    public static DotnetRun Of(string folder, params string[] arguments) => OfProgram("dotnet", folder, arguments);

    /// <summary>Runs another program in the same way.</summary>
    public static DotnetRun OfProgram(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test host's own settings must not leak into the build.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        StringBuilder output = new();
        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Append(line.Data).Append('\n');
            }
        }

        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(4)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} does not end:\n{output}");
        }

        process.WaitForExit();
        return new DotnetRun(process.ExitCode, output.ToString());
    }
}
