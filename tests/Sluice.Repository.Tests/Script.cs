using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;

namespace Sluice.Checkouts;

/// <summary>One finished run of a script of this repository: its exit code and all that it printed.</summary>
internal sealed record Script(int ExitCode, string Output)
{
    public static Script Run(string path, params string[] arguments) => Run(path, new Dictionary<string, string>(), arguments);

    public static Script Run(string path, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash")
        {
            WorkingDirectory = Checkout.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(path);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        var output = new StringBuilder();
        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Append(line.Data).Append('\n');
            }
        }

        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return new Script(-1, output + $"\n{path} was still running after three minutes.");
        }

        process.WaitForExit();
        return new Script(process.ExitCode, output.ToString());
    }
}
