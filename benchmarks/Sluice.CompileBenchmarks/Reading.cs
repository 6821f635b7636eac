using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Sluice.Registers.Description;

namespace Sluice.CompileBenchmarks;

/// <summary>
/// How long it takes from the text of a description to its model, and what is allocated for it. The processor's time is that of the whole process, what
/// collects garbage beside it included; on a machine that has other things to do it says more than the clock.
/// </summary>
internal static class Reading
{
    private const int Rounds = 21;
    private const int WarmUps = 60;
    private const int Mebi = 1024 * 1024;

    /// <summary>Prints a table: synthetic files of growing size, and the files given.</summary>
    public static void Print(string[] paths)
    {
        Console.WriteLine("| file | MB | registers | least ms | median ms | least CPU ms | allocated MB |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        WarmUp();
        foreach (int size in new[] { 1, 3, 10, 30 })
        {
            Print("synthetic", SyntheticMap.OfLength(size * 1_000_000));
        }

        foreach (string path in paths)
        {
            Print(Path.GetFileName(path), File.ReadAllText(path));
        }
    }

    // The runtime's best code comes after some calls and a pause.
    private static void WarmUp()
    {
        SourceFile file = new("synthetic.svd", SyntheticMap.OfLength(Mebi));
        for (int round = 0; round < WarmUps; round++)
        {
            DescriptionReader.Read(file, []);
            Thread.Sleep(20);
        }
    }

    private static void Print(string name, string text)
    {
        SourceFile file = new("synthetic.svd", text);
        int registers = 0;
        double[] times = new double[Rounds];
        double cpu = double.MaxValue;
        long allocated = 0;
        for (int round = -2; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            DescriptionResult result = DescriptionReader.Read(file, []);
            double elapsed = watch.Elapsed.TotalMilliseconds;
            registers = result.Model?.Blocks.Sum(block => block.Registers.Count) ?? 0;
            allocated = GC.GetTotalAllocatedBytes() - before;
            if (round >= 0)
            {
                times[round] = elapsed;
                cpu = Math.Min(cpu, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
            }
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {text.Length / 1e6:F1} | {registers} | {times[0]:F0} | {times[Rounds / 2]:F0} | {cpu:F0} | {allocated / (double)Mebi:F0} |"));
    }
}
