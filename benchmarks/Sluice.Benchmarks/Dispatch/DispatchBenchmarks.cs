using System;
using System.Linq;
using BenchmarkDotNet.Attributes;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>One register access, dispatched in six ways, over the same trace; time and allocation are per access.</summary>
[MemoryDiagnoser]
public class DispatchBenchmarks
{
    private Access[] _trace = [];
    private Contenders? _contenders;

    /// <summary>Registers of the block.</summary>
    [Params(16, 64, 256, 1024)]
    public int Registers { get; set; }

    /// <summary>Whether the trace keeps to registers without a hook; otherwise one in eight has one.</summary>
    [Params(true, false)]
    public bool PlainOnly { get; set; }

    /// <summary>Makes the contenders.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _trace = Trace.Make(Registers, PlainOnly);
        _contenders = new Contenders(Registers);
        RequireAgreement();
    }

    /// <summary>The generated tables.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint GeneratedTables() => _contenders!.GeneratedTables(_trace);

    /// <summary>A hand-written branch-free table.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Trace.Length)]
    public uint HandWrittenMasks() => _contenders!.HandWrittenMasks(_trace);

    /// <summary>A switch with an arm for each register.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint Switch() => _contenders!.Switch(_trace);

    /// <summary>A delegate for each register.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint Delegates() => _contenders!.Delegates(_trace);

    /// <summary>A dictionary of objects.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint DictionaryOfObjects() => _contenders!.DictionaryOfObjects(_trace);

    /// <summary>The hand-written table in C, gcc -O2, its loop in C too.</summary>
    [Benchmark(OperationsPerInvoke = Trace.Length)]
    public uint CTwin() => _contenders!.CTwin(_trace);

    // Contenders that do not do the same are not worth comparing. Each is fresh here; their states stay alike from here on.
    private void RequireAgreement()
    {
        uint[] sums = [.. _contenders!.All.Select(contender => contender(_trace))];
        if (sums.Any(sum => sum != sums[0]))
        {
            throw new InvalidOperationException($"The contenders disagree: {string.Join(", ", sums.Select(sum => sum.ToString("X8")))}");
        }
    }
}
