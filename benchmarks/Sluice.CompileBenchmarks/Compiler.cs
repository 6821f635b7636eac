using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Sluice.Registers;
using Sluice.Testing.Generation;

namespace Sluice.CompileBenchmarks;

/// <summary>What generated code adds to the SDK's own compiler, started cold: processor time and wall time over an empty file's.</summary>
internal static class Compiler
{
    private const int Runs = 3;

    /// <summary>Measures and prints.</summary>
    public static void Print(string name, GeneratorInput board)
    {
        string folder = Directory.CreateTempSubdirectory("sluice-csc-").FullName;
        try
        {
            (double emptyWall, double emptyWork) = Best(folder, []);
            GeneratorOutput output = board.Run();
            List<string> sources = [];
            foreach (GeneratedFile file in output.Files)
            {
                string path = Path.Combine(folder, file.HintName.Replace('/', '.'));
                File.WriteAllText(path, file.Text);
                sources.Add(path);
            }

            (double wall, double work) = Best(folder, sources);
            Console.WriteLine(FormattableString.Invariant(
                $"{name}: csc takes {wall - emptyWall:F2} s more than for an empty file ({emptyWall:F2} s), {work - emptyWork:F2} s of processor time; {output.Files.Count} files, {output.Files.Sum(static file => file.Text.Length) / 1024} KB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Wall, double Work) Best(string folder, IReadOnlyList<string> sources)
    {
        string empty = Path.Combine(folder, "Empty.cs");
        File.WriteAllText(empty, "");
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string response = Path.Combine(folder, "csc.rsp");
        File.WriteAllLines(response,
        [
            "-nologo", "-target:library", "-nullable:enable", "-langversion:14", "-optimize+", "-nostdlib", $"-out:{Path.Combine(folder, "out.dll")}",
            .. Directory.GetFiles(framework, "*.dll").Where(static path => Path.GetFileName(path) is { } file && (file.StartsWith("System.", StringComparison.Ordinal) || file == "netstandard.dll")
                && !file.EndsWith(".Native.dll", StringComparison.Ordinal)).Select(static path => "-r:" + path),
            "-r:" + typeof(RegisterFile).Assembly.Location,
            empty,
            .. sources,
        ]);
        double wall = double.MaxValue;
        double work = double.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Sdk(), "Roslyn", "bincore", "csc.dll"), "-noconfig", "@" + response]))!;
            double spent = 0;
            while (!process.WaitForExit(20))
            {
                process.Refresh();
                spent = process.TotalProcessorTime.TotalSeconds;
            }

            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException("csc failed");
            }

            wall = Math.Min(wall, watch.Elapsed.TotalSeconds);
            work = Math.Min(work, spent);
        }

        return (wall, work);
    }

    // The newest of the installed ones, as the command line picks it.
    private static string Sdk()
    {
        string shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string root = Path.GetFullPath(Path.Combine(shared, "../../../sdk"));
        return Directory.GetDirectories(root).Where(static path => Directory.Exists(Path.Combine(path, "Roslyn", "bincore"))).Order(StringComparer.Ordinal).Last();
    }
}
