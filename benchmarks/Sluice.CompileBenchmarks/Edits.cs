using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using Microsoft.CodeAnalysis;
using Sluice.Testing.Compilation;
using Sluice.Testing.Generation;

namespace Sluice.CompileBenchmarks;

/// <summary>What the generator takes in an editor: the first run, and the run after each kind of edit. Medians, after the JIT has warmed up, and the least time of the processor, which other work on the machine moves less.</summary>
internal static class Edits
{
    private const int WarmUps = 40;
    private const int Runs = 15;

    /// <summary>Measures and prints.</summary>
    public static void Print(string name, GeneratorInput board, string block)
    {
        MemoryText current = board.Files.First(file => file.Path == block);
        string text = current.GetText().ToString();
        string register = text[text.IndexOf("<registers>", StringComparison.Ordinal)..];
        string described = register[..(register.IndexOf("<description>", StringComparison.Ordinal) + "<description>".Length)];
        Console.WriteLine($"{name}: {board.Files.Sum(static file => file.GetText().Length) / 1024} KB of XML, {new Editor(board).Result.GeneratedSources.Sum(static source => source.SourceText.Length) / 1024} KB of C#");
        Report("  cold, text to source", _ => new Editor(board));

        Editor editor = new(board);
        Report($"  edit of {block}", round => Replace(text.Replace(described, described + "Edit " + round + ". ", StringComparison.Ordinal)));
        Report($"  comment and moved lines in {block}", round => Replace($"{text}\n<!-- {round} -->\n"));
        Report("  edit of a C# file", round => editor.Add($"class A{round};"));

        Editor Replace(string edited)
        {
            MemoryText former = current;
            current = new MemoryText(block, edited);
            return editor.Replace(former, current);
        }
    }

    private static void Report(string what, Func<int, Editor> run)
    {
        double[] times = new double[Runs];
        double work = double.MaxValue;
        Editor? editor = null;
        for (int round = -WarmUps; round < Runs; round++)
        {
            TimeSpan used = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            editor = run(round + WarmUps);
            if (round >= 0)
            {
                times[round] = watch.Elapsed.TotalMilliseconds;
                work = Math.Min(work, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
            }
        }

        Array.Sort(times);
        GeneratorRunResult result = editor!.Result;
        int written = Anew(result.TrackedOutputSteps);
        int steps = Anew(result.TrackedSteps);
        Console.WriteLine(FormattableString.Invariant($"{what}: {times[Runs / 2]:F1} ms (best {times[0]:F1}; of the processor {work:F1}); sources written {written}, results of named steps that changed {steps}"));
    }

    private static int Anew(ImmutableDictionary<string, ImmutableArray<IncrementalGeneratorRunStep>> steps)
        => steps.SelectMany(static pair => pair.Value).SelectMany(static step => step.Outputs)
            .Count(static output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
}
