using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>
/// Counts the instructions of one access, loop included, for each contender: what the machine executes, not what the listing shows. A noisy machine
/// gives the same numbers as a quiet one.
/// </summary>
public static class InstructionCount
{
    private const int Counted = 1_000;
    private const int WarmUps = 20;

    private delegate uint Work();

    private delegate long Counter(nint call);

    /// <summary>Counts and prints a table.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Print()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Console.Error.WriteLine("Counting needs Linux on x86-64.");
            return 1;
        }

        Counter counter = Marshal.GetDelegateForFunctionPointer<Counter>(NativeLibrary.GetExport(NativeCode.Load("steps.c"), "count"));
        Console.WriteLine($"Instructions per access, loop included, over the first {Counted} accesses of the trace.");
        Console.WriteLine("| registers | trace | generated tables | masks by hand | C | switch | delegates | dictionary |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (bool plainOnly in (bool[])[true, false])
        {
            foreach (int registers in (int[])[16, 64, 256, 1024])
            {
                Console.WriteLine($"| {registers} | {(plainOnly ? "plain" : "one in eight hooked")} | {string.Join(" | ", Count(counter, registers, plainOnly))} |");
            }
        }

        return 0;
    }

    private static IEnumerable<string> Count(Counter counter, int registers, bool plainOnly)
    {
        Access[] whole = Trace.Make(registers, plainOnly);
        Access[] part = whole[..Counted];
        Contenders contenders = new(registers);
        return contenders.All.Select(contender =>
        {
            // Until the code that stays is reached: calls are counted, and a thread compiles behind.
            long all = 0;
            for (int same = 0, round = 0; same < 2 && round < WarmUps; round++)
            {
                for (int run = 0; run < 10; run++)
                {
                    contender(whole);
                }

                Thread.Sleep(200);
                long again = Steps(counter, () => contender(part));
                same = Math.Abs(again - all) * 100 < all ? same + 1 : 0;
                all = again;
            }

            long none = Steps(counter, () => contender([]));
            return all < 0 || none < 0 ? "not counted" : ((double)(all - none) / Counted).ToString("F1", CultureInfo.InvariantCulture);
        });
    }

    private static long Steps(Counter counter, Work work)
    {
        work();
        nint pointer = Marshal.GetFunctionPointerForDelegate(work);
        long steps = counter(pointer);
        GC.KeepAlive(work);
        return steps;
    }
}
