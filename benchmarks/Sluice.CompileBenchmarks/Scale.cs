using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Generators;
using Sluice.Testing.Compilation;
using Sluice.Testing.Generation;

namespace Sluice.CompileBenchmarks;

/// <summary>What a map of 100,000 registers costs the generator, from text to sources: time, and the most memory that the process held.</summary>
internal static class Scale
{
    private const int Registers = 100_000;

    /// <summary>Runs once, cold, and prints. For the peak to mean something, nothing else may run in the process.</summary>
    /// <param name="isFull">Whether the registers have four fields each, one of them with named values; else one.</param>
    public static void Print(bool isFull)
    {
        MemoryText file = new("synthetic.svd", isFull ? SyntheticMap.OfFullRegisters(Registers) : SyntheticMap.OfRegisters(Registers));
        CSharpCompilation project = TestCompilation.Of([("Empty.cs", "")]);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long before = Process.GetCurrentProcess().WorkingSet64;
        double used = Environment.CpuUsage.TotalTime.TotalSeconds;
        Stopwatch watch = Stopwatch.StartNew();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new RegisterGenerator().AsSourceGenerator()],
            [file],
            TestCompilation.ParseOptions,
            new MemoryOptions(GeneratorInput.Empty.Options, GeneratorInput.Empty.FileOptions)).RunGenerators(project, CancellationToken.None);
        TimeSpan elapsed = watch.Elapsed;
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Registers} registers of {(isFull ? "four fields" : "one field")}, {file.GetText().Length / 1e6:F1} MB of XML: {elapsed.TotalSeconds:F1} s ({Environment.CpuUsage.TotalTime.TotalSeconds - used:F1} s of the processor) to {result.GeneratedSources.Length} sources of {result.GeneratedSources.Sum(source => (long)source.SourceText.Length) / 1e6:F0} million characters, parsed; peak {self.PeakWorkingSet64 / 1e6:F0} MB, {before / 1e6:F0} MB before"));
    }
}
