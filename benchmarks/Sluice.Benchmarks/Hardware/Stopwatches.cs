using System;
using System.Diagnostics;
using System.Globalization;

namespace Sluice.Benchmarks.Hardware;

/// <summary>Takes the median of many rounds, and what one of them allocates.</summary>
internal static class Stopwatches
{
    private const int Rounds = 31;
    private const double WarmUpMilliseconds = 400;

    /// <summary>Measures and prints one line.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="operations">How often a round does it.</param>
    /// <param name="round">The round.</param>
    public static void Print(string name, int operations, Action round)
    {
        double[] nanoseconds = new double[Rounds];
        long began = Stopwatch.GetTimestamp();
        for (int warmUp = 0; warmUp < 40 || Stopwatch.GetElapsedTime(began).TotalMilliseconds < WarmUpMilliseconds; warmUp++)
        {
            round();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        round();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        for (int index = 0; index < Rounds; index++)
        {
            long start = Stopwatch.GetTimestamp();
            round();
            nanoseconds[index] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
        }

        Array.Sort(nanoseconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-88} {nanoseconds[Rounds / 2],14:N1} ns, best {nanoseconds[0]:N1}; {(double)allocated / operations:0.##} bytes"));
    }

    /// <summary>Prints a size.</summary>
    public static void PrintBytes(string name, ulong bytes) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-88} {bytes,14:N0} bytes"));
}
